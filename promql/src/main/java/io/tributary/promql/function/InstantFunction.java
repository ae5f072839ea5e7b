package io.tributary.promql.function;

import io.tributary.promql.histogram.NativeHistogram;

/**
 * A function of an instant vector that looks at one element at a time, such as {@code abs}. The result is no longer the
 * same metric: it loses its name. Without an argument where one may be left out, it sees one element without labels,
 * the time of evaluation in seconds.
 */
@FunctionalInterface
public non-sealed interface InstantFunction extends FunctionBody {

    /**
     * The result of one element at one step; none if {@code out} is left alone.
     *
     * @param value the number; of a histogram, of no meaning
     * @param histogram null if the element is a number
     */
    void evaluate(double value, NativeHistogram histogram, Scope scope, Outcome out);
}
