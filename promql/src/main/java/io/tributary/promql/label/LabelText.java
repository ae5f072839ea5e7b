package io.tributary.promql.label;

import java.util.regex.Pattern;

/** Names and values as the language writes them. */
public final class LabelText {

    private static final Pattern PLAIN_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern PLAIN_METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private LabelText() {}

    /** Whether the name needs no quotes where labels are written. */
    public static boolean isPlainLabel(String name) {
        return PLAIN_LABEL.matcher(name).matches();
    }

    /** Whether the name needs no quotes before the braces. */
    public static boolean isPlainMetric(String name) {
        return PLAIN_METRIC.matcher(name).matches();
    }

    /** The label's name, in quotes if it needs them. */
    public static String name(String name) {
        return isPlainLabel(name) ? name : quote(name);
    }

    /** In double quotes, with Go's escapes for what cannot be printed. */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format("\\x%02x", c));
                    } else if (Character.isISOControl(c) || c == 0xfffd) {
                        // As it stands, the replacement character is what remains of text that was not UTF-8.
                        quoted.append(String.format("\\u%04x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
