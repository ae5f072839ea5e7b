package io.tributary.promql.function;

/** A function of a range vector that looks at one series at a time, such as {@code rate}. */
@FunctionalInterface
public non-sealed interface RangeFunction extends FunctionBody {

    /**
     * The result at one step; none if {@code out} is left alone. Called step by step in order of time, so that the
     * window only moves forward, and only where the window has a sample.
     */
    void evaluate(Window window, Outcome out);

    /**
     * What evaluates one series from its first step on. A function that keeps something from step to step returns a new
     * object; all others are their own.
     */
    default RangeFunction perSeries() {
        return this;
    }

    /** Whether the result is still the same metric, as after {@code last_over_time}. */
    default boolean keepsName() {
        return false;
    }
}
