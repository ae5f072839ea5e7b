package io.tributary.promql.histogram;

/** A running mean of histograms: their sum divided at the end, or, where that would overflow, adjusted one by one. */
public final class HistogramMean {

    private final HistogramSum sum;
    private boolean incremental;
    private double count = 1;

    public HistogramMean(NativeHistogram first) {
        this.sum = new HistogramSum(first);
    }

    /** Whether the histogram can be added, see {@link HistogramSum#accepts}. */
    public boolean accepts(NativeHistogram other) {
        return sum.accepts(other);
    }

    public void add(NativeHistogram next) {
        count++;
        if (!incremental && !sum.overflowsWith(next)) {
            sum.add(next);
            return;
        }
        if (!incremental) {
            incremental = true;
            sum.scale(1 / (count - 1));
        }
        sum.scale((count - 1) / count);
        sum.add(next.dividedBy(count));
    }

    /** See {@link HistogramSum#resetsContradict}. */
    public boolean resetsContradict() {
        return sum.resetsContradict();
    }

    /** See {@link HistogramSum#boundsReconciled}. */
    public boolean boundsReconciled() {
        return sum.boundsReconciled();
    }

    public NativeHistogram result() {
        return incremental ? sum.result() : sum.result().dividedBy(count);
    }
}
