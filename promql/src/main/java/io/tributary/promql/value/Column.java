package io.tributary.promql.value;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import java.util.Arrays;

/**
 * One series of an intermediate result: at each step a number, a native histogram, or nothing. A column that is handed
 * to a consumer may be filled anew afterwards: who keeps it keeps a {@link #copy}.
 */
public final class Column {

    /** Stands where there is nothing: a NaN that no computation and no exposition format produces. */
    private static final long ABSENT_BITS = 0x7ff8_7e1d_ab5e_0000L;

    private static final double ABSENT = Double.longBitsToDouble(ABSENT_BITS);

    private final double[] values;
    private NativeHistogram[] histograms;
    private Labels labels;
    private boolean nameless;

    /** With nothing at any step. */
    public Column(Labels labels, int steps) {
        this.labels = labels;
        this.values = new double[steps];
        Arrays.fill(values, ABSENT);
    }

    private Column(Column other) {
        this.labels = other.labels;
        this.nameless = other.nameless;
        this.values = other.values.clone();
        this.histograms = other.histograms == null ? null : other.histograms.clone();
    }

    /** One that stays as this is now. */
    public Column copy() {
        return new Column(this);
    }

    /** Makes this the column of another series, with nothing at any step. */
    public Column reset(Labels labels) {
        this.labels = labels;
        this.nameless = false;
        this.histograms = null;
        Arrays.fill(values, ABSENT);
        return this;
    }

    public Labels labels() {
        return labels;
    }

    public void labels(Labels labels) {
        this.labels = labels;
    }

    /** Whether the metric's name, although still among the labels, is to be removed at the end of the query. */
    public boolean nameless() {
        return nameless;
    }

    public void nameless(boolean nameless) {
        this.nameless = nameless;
    }

    public int steps() {
        return values.length;
    }

    /** Whether there is a number or a histogram. */
    public boolean has(int step) {
        return Double.doubleToRawLongBits(values[step]) != ABSENT_BITS;
    }

    /** The number; of a histogram, of no meaning. */
    public double value(int step) {
        return values[step];
    }

    /** The histogram; null if there is a number or nothing. */
    public NativeHistogram histogram(int step) {
        return histograms == null ? null : histograms[step];
    }

    /** Whether there is a histogram at any step. */
    public boolean hasHistograms() {
        return histograms != null;
    }

    public void set(int step, double value) {
        values[step] = value;
        if (histograms != null) {
            histograms[step] = null;
        }
    }

    public void set(int step, NativeHistogram histogram) {
        if (histograms == null) {
            histograms = new NativeHistogram[values.length];
        }
        histograms[step] = histogram;
        values[step] = 0;
    }

    /** Takes over what another column has at a step, nothing included. */
    public void set(int step, Column other) {
        NativeHistogram histogram = other.histogram(step);
        if (histogram == null) {
            set(step, other.values[step]);
        } else {
            set(step, histogram);
        }
    }

    public void remove(int step) {
        set(step, ABSENT);
    }

    /** Takes over what another column has, where it has something. */
    public void fill(Column other) {
        for (int step = 0; step < values.length; step++) {
            if (other.has(step)) {
                set(step, other);
            }
        }
    }

    /** At how many steps there is something. */
    public int size() {
        int size = 0;
        for (int step = 0; step < values.length; step++) {
            if (has(step)) {
                size++;
            }
        }
        return size;
    }

    /** Whether there is nothing at any step. */
    public boolean isEmpty() {
        for (int step = 0; step < values.length; step++) {
            if (has(step)) {
                return false;
            }
        }
        return true;
    }
}
