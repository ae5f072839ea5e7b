package io.tributary.promql.template;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values as Go prints them. Go: fmt, "Print" and the verb {@code %v}. */
public final class GoText {

    private GoText() {}

    /** One value. */
    public static String print(Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Double number -> GoFloat.print(number);
            case Map<?, ?> map ->
                new TreeMap<>(map)
                        .entrySet().stream()
                                .map(entry -> print(entry.getKey()) + ":" + print(entry.getValue()))
                                .collect(Collectors.joining(" ", "map[", "]"));
            case List<?> list -> list.stream().map(GoText::print).collect(Collectors.joining(" ", "[", "]"));
            default -> value.toString();
        };
    }

    /** Values by a format with Go's verbs. Go: fmt, "Sprintf". */
    public static String format(String format, Object... values) {
        return Printf.format(format, List.of(values));
    }

    /** Several values, with a space between two of which neither is a text. */
    static String print(List<Object> values) {
        var text = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            boolean apart = i > 0 && !(values.get(i) instanceof String) && !(values.get(i - 1) instanceof String);
            text.append(apart ? " " : "").append(print(values.get(i)));
        }
        return text.toString();
    }

    /** Several values with spaces between, and the end of the line. */
    static String printLine(List<Object> values) {
        return values.stream().map(GoText::print).collect(Collectors.joining(" ", "", "\n"));
    }
}
