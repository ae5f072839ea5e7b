package io.tributary.promql.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A condition on one label. Regular expressions are RE2's, which take time in proportion to the text whatever they are,
 * and must match the whole value.
 */
public final class Matcher {

    /** How the value is compared. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCHES("=~"),
        NOT_MATCHES("!~");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    private final String name;
    private final Operator operator;
    private final String value;
    private final Pattern pattern;

    /** @throws IllegalArgumentException with the reason if the value is no regular expression where it must be one */
    public Matcher(String name, Operator operator, String value) {
        this.name = name;
        this.operator = operator;
        this.value = value;
        this.pattern = isRegex(operator) ? compile(value) : null;
    }

    public String name() {
        return name;
    }

    public Operator operator() {
        return operator;
    }

    public String value() {
        return value;
    }

    /**
     * Whether a label's value fulfils the condition.
     *
     * @param actual empty for a label that is not there
     */
    public boolean matches(String actual) {
        return switch (operator) {
            case EQUAL -> actual.equals(value);
            case NOT_EQUAL -> !actual.equals(value);
            case MATCHES -> pattern.matches(actual);
            case NOT_MATCHES -> !pattern.matches(actual);
        };
    }

    public boolean matches(Labels labels) {
        return matches(labels.get(name));
    }

    private static boolean isRegex(Operator operator) {
        return operator == Operator.MATCHES || operator == Operator.NOT_MATCHES;
    }

    private static Pattern compile(String value) {
        try {
            return Pattern.compile("^(?s:" + value + ")$");
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "regular expression " + LabelText.quote(value) + ": " + e.getDescription(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matcher matcher
                && name.equals(matcher.name)
                && operator == matcher.operator
                && value.equals(matcher.value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + operator.hashCode()) + value.hashCode();
    }

    @Override
    public String toString() {
        return LabelText.name(name) + operator.symbol() + LabelText.quote(value);
    }
}
