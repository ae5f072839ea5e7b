package io.tributary.promql.ast;

/**
 * A length of time, in seconds where it is a number: a duration, or an expression of durations (experimental), known
 * only when the query's step and range are.
 */
public sealed interface Length {

    Span span();

    /**
     * A duration as written.
     *
     * @param millis its length
     */
    record Fixed(long millis, Span span) implements Length {}

    /**
     * A number, not a duration, within an expression: {@code 5m * 2}.
     *
     * @param value seconds where a length is expected, a plain factor elsewhere
     */
    record Plain(double value, Span span) implements Length {}

    /** {@code step()}: the step of the query, 0 for an instant query. */
    record Step(Span span) implements Length {}

    /** {@code range()}: from the first to the last step of the query, 0 for an instant query. */
    record Range(Span span) implements Length {}

    /** {@code -length}, of what is no plain number or duration: those have their sign with them. */
    record Negated(Length length, Span span) implements Length {}

    /** Two lengths combined. */
    record Combined(Operator operator, Length left, Length right, Span span) implements Length {}

    /** In parentheses, which are printed again. */
    record Wrapped(Length length, Span span) implements Length {}

    /** How two lengths are combined. */
    enum Operator {
        ADD("+", 1),
        SUBTRACT("-", 1),
        MULTIPLY("*", 2),
        DIVIDE("/", 2),
        MODULO("%", 2),
        /** Binds to the right. */
        POWER("^", 3),
        /** Written as a function. */
        MINIMUM("min_of", 4),
        /** Written as a function. */
        MAXIMUM("max_of", 4);

        private final String symbol;
        private final int precedence;

        Operator(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }

        public String symbol() {
            return symbol;
        }

        /** A higher one binds more tightly. */
        public int precedence() {
            return precedence;
        }
    }
}
