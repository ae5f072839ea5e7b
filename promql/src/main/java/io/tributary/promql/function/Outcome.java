package io.tributary.promql.function;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.value.Column;

/** Where a function puts its result of one step. */
public final class Outcome {

    private boolean present;
    private double value;
    private NativeHistogram histogram;

    public void set(double value) {
        this.present = true;
        this.value = value;
        this.histogram = null;
    }

    public void set(NativeHistogram histogram) {
        this.present = true;
        this.histogram = histogram;
    }

    /** Moves the result, if there is one, into the column, and is empty again. */
    public void moveTo(Column column, int step) {
        if (present) {
            if (histogram == null) {
                column.set(step, value);
            } else {
                column.set(step, histogram);
            }
            present = false;
            histogram = null;
        }
    }

    public boolean isPresent() {
        return present;
    }

    public double value() {
        return value;
    }

    public NativeHistogram histogram() {
        return histogram;
    }
}
