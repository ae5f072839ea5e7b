package io.tributary.alerts.rule;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A condition on one label. Prometheus: querying/basics, "Instant vector selectors".
 *
 * @param name the label
 * @param type how it is compared
 * @param value the text or regular expression it is compared with
 * @param pattern the compiled expression; null unless the type needs one
 */
public record Matcher(String name, Type type, String value, Pattern pattern) {

    /** How a label is compared with a text. */
    public enum Type {
        /** The label is this text. */
        EQUAL("="),
        /** The label is not this text. */
        NOT_EQUAL("!="),
        /** The whole label matches this regular expression. */
        REGEX("=~"),
        /** The whole label does not match this regular expression. */
        NOT_REGEX("!~");

        private final String symbol;

        Type(String symbol) {
            this.symbol = symbol;
        }

        /** How PromQL writes it. */
        public String symbol() {
            return symbol;
        }

        private boolean isRegex() {
            return this == REGEX || this == NOT_REGEX;
        }
    }

    /** A matcher; {@link PatternSyntaxException} if the regular expression is none. */
    public static Matcher of(String name, Type type, String value) {
        return new Matcher(name, type, value, type.isRegex() ? Pattern.compile(value, Pattern.DOTALL) : null);
    }

    /** Whether the labels satisfy this; an absent label counts as the empty text. */
    public boolean matches(Map<String, String> labels) {
        return matches(labels.getOrDefault(name, ""));
    }

    /** Whether the label's value satisfies this. */
    public boolean matches(String label) {
        return switch (type) {
            case EQUAL -> label.equals(value);
            case NOT_EQUAL -> !label.equals(value);
            case REGEX -> pattern.matcher(label).matches();
            case NOT_REGEX -> !pattern.matcher(label).matches();
        };
    }

    @Override
    public String toString() {
        return name + type.symbol() + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
