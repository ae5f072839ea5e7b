package io.tributary.promql.template.alert;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts with and without ports, as in the label {@code instance}. Go: net, "SplitHostPort". */
final class Hosts {

    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\[\\]]*)\\]|([^:\\[\\]]*)):([^:\\[\\]]*)");
    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private Hosts() {}

    /** The host alone; the text as it is if it is no host with a port. */
    static String stripPort(String text) {
        Matcher parts = WITH_PORT.matcher(text);
        return parts.matches() ? host(parts) : text;
    }

    /** The first name of the host, with the port if there is one; an address of numbers as it is. */
    static String stripDomain(String text) {
        Matcher parts = WITH_PORT.matcher(text);
        boolean hasPort = parts.matches();
        String host = hasPort ? host(parts) : text;
        if (IP.matcher(host).matches()) {
            return text;
        }
        String name = host.split("\\.", -1)[0];
        return hasPort && !parts.group(3).isEmpty() ? name + ":" + parts.group(3) : name;
    }

    private static String host(Matcher parts) {
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }
}
