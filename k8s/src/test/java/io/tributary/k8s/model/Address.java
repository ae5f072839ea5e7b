package io.tributary.k8s.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is reached.
 *
 * @param host a name
 * @param port a number
 */
public record Address(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:(https?)://)?([a-z0-9][a-z0-9.-]*)(?::(\\d+))?(?:/.*)?");

    /** The addresses in a setting: URLs, or host:port, several with commas; none if it is something else. */
    public static List<Address> in(String value) {
        List<Optional<Address>> found =
                Arrays.stream(value.split(",", -1)).map(Address::one).toList();
        return found.stream().allMatch(Optional::isPresent)
                ? found.stream().map(Optional::orElseThrow).toList()
                : List.of();
    }

    private static Optional<Address> one(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || (matcher.group(1) == null && matcher.group(3) == null)) {
            return Optional.empty();
        }
        int usual = "https".equals(matcher.group(1)) ? 443 : 80;
        return Optional.of(
                new Address(matcher.group(2), matcher.group(3) == null ? usual : Integer.parseInt(matcher.group(3))));
    }

    /** Whether it is outside of the cluster. */
    public boolean isOutside() {
        return host.contains(".") && !host.endsWith(".svc");
    }

    /** The name of the Service that it is. */
    public String service() {
        return host.split("\\.", -1)[0];
    }

    /** The namespace of the Service, which a name without dots leaves out. */
    public String namespace(String own) {
        String[] parts = host.split("\\.", -1);
        return parts.length > 1 ? parts[1] : own;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
