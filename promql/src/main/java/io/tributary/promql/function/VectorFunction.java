package io.tributary.promql.function;

import io.tributary.promql.value.Column;
import java.util.function.Consumer;

/** A function that must see several series at once, or none at all, such as {@code sort} or {@code time}. */
@FunctionalInterface
public non-sealed interface VectorFunction extends FunctionBody {

    /**
     * Hands the result over, series by series; a scalar as one column without labels and with a number at each step.
     * Names that are to go are left in the labels and marked with {@link Column#nameless(boolean)}.
     */
    void evaluate(VectorCall call, Consumer<Column> out);
}
