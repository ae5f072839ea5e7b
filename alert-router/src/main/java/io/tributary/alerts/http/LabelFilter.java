package io.tributary.alerts.http;

import io.tributary.promql.label.Matcher;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code filter} parameters of the API, such as {@code severity="page"}. Alertmanager: pkg/labels, "ParseMatcher".
 */
final class LabelFilter {
    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"]*?))\\s*");

    private LabelFilter() {}

    /** The matchers in the parameters; {@link IllegalArgumentException} with a reason if one cannot be read. */
    static List<Matcher> parse(List<String> filters) {
        return filters.stream().map(LabelFilter::parse).toList();
    }

    private static Matcher parse(String filter) {
        java.util.regex.Matcher parts = FORM.matcher(filter);
        if (!parts.matches()) {
            throw new IllegalArgumentException("filter: bad matcher format: " + filter);
        }
        Matcher.Operator operator = Arrays.stream(Matcher.Operator.values())
                .filter(each -> each.symbol().equals(parts.group(2)))
                .findFirst()
                .orElseThrow();
        String quoted = parts.group(3);
        return new Matcher(
                parts.group(1), operator, quoted == null ? parts.group(4) : quoted.replaceAll("\\\\(.)", "$1"));
    }
}
