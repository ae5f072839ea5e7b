package io.tributary.promql.histogram;

/** A running mean of histograms: their sum divided at the end, or, where that would overflow, adjusted one by one. */
public final class HistogramMean implements HistogramTotal {

    private final HistogramSum sum;
    private boolean incremental;
    private double count = 1;

    public HistogramMean(NativeHistogram first) {
        this.sum = new HistogramSum(first);
    }

    @Override
    public boolean accepts(NativeHistogram other) {
        return sum.accepts(other);
    }

    @Override
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

    @Override
    public boolean resetsContradict() {
        return sum.resetsContradict();
    }

    @Override
    public boolean boundsReconciled() {
        return sum.boundsReconciled();
    }

    @Override
    public NativeHistogram result() {
        return incremental ? sum.result() : sum.result().dividedBy(count);
    }
}
