package io.tributary.alerts.http;

import io.tributary.promql.label.Matcher;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The {@code filter} parameters of the API, such as {@code severity="page"}. Alertmanager: pkg/labels, "ParseMatcher".
 */
final class LabelFilter {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", Pattern.DOTALL);

    private LabelFilter() {}

    /** The matchers in the parameters; {@link IllegalArgumentException} with a reason if one cannot be read. */
    static List<Matcher> parse(List<String> filters) {
        return filters.stream().map(LabelFilter::parse).toList();
    }

    private static Matcher parse(String filter) {
        java.util.regex.Matcher parts = FORM.matcher(filter);
        if (!parts.matches()) {
            throw malformed(filter);
        }
        Matcher.Operator operator = Arrays.stream(Matcher.Operator.values())
                .filter(each -> each.symbol().equals(parts.group(2)))
                .findFirst()
                .orElseThrow();
        String value = parts.group(3);
        return new Matcher(parts.group(1), operator, value.indexOf('"') < 0 ? value : unquoted(value, filter));
    }

    /** By hand: Java's regular expressions need stack for each character of such a text. */
    private static String unquoted(String quoted, String filter) {
        int last = quoted.length() - 1;
        if (last < 1 || quoted.charAt(0) != '"' || quoted.charAt(last) != '"') {
            throw malformed(filter);
        }
        StringBuilder text = new StringBuilder();
        for (int at = 1; at < last; at++) {
            if (quoted.charAt(at) == '\\') {
                at++;
            } else if (quoted.charAt(at) == '"') {
                throw malformed(filter);
            }
            if (at == last) {
                throw malformed(filter);
            }
            text.append(quoted.charAt(at));
        }
        return text.toString();
    }

    private static IllegalArgumentException malformed(String filter) {
        return new IllegalArgumentException("filter: bad matcher format: " + filter);
    }
}
