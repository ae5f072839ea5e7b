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

    /** {@code -length} or {@code +length}. */
    record Signed(boolean negative, Length length, Span span) implements Length {}

    /** Two lengths combined. */
    record Combined(Operator operator, Length left, Length right, Span span) implements Length {}

    /** In parentheses, which are printed again. */
    record Wrapped(Length length, Span span) implements Length {}

    /** How two lengths are combined. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MODULO("%"),
        POWER("^"),
        MINIMUM("min"),
        MAXIMUM("max");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
