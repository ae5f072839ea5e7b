package io.tributary.promql.histogram;

/** Histograms at a time between two samples. */
public final class Interpolation {

    private Interpolation() {}

    /**
     * On the line between two histograms of the same kind of buckets.
     *
     * @param share how far from the first to the second, 0 to 1
     * @param counter whether a reset between them means that the second has risen from nothing
     * @throws IllegalArgumentException if one has exponential buckets and the other custom ones
     */
    public static NativeHistogram between(
            NativeHistogram first, NativeHistogram second, double share, boolean counter) {
        if (counter && second.isResetAfter(first)) {
            return second.times(share);
        }
        var between = new HistogramSum(first);
        between.add(second.minus(first).times(share));
        return between.result();
    }
}
