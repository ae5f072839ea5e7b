package io.tributary.alerts.label;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Label sets as Prometheus and Alertmanager write them, such as <code>{a="b", c="d"}</code>. */
public final class LabelText {
    private LabelText() {}

    /** The labels in the order of names, values quoted as Go does. */
    public static String of(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + '=' + quote(label.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(each -> append(quoted, each));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int each) {
        switch (each) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 7 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case 11 -> quoted.append("\\v");
            default -> {
                if (each < ' ' || each == 0x7f) {
                    quoted.append("\\x")
                            .append(Character.forDigit(each >> 4, 16))
                            .append(Character.forDigit(each & 15, 16));
                } else {
                    quoted.appendCodePoint(each);
                }
            }
        }
    }
}
