package io.tributary.promql.histogram;

/** What many histograms come to, one added after the other. */
public sealed interface HistogramTotal permits HistogramSum, HistogramMean {

    /** Whether the histogram can be added: both have exponential buckets or both custom ones. */
    boolean accepts(NativeHistogram other);

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException if it is not {@link #accepts accepted}
     */
    void add(NativeHistogram other);

    /** Whether of those combined one said that counting began anew and another that it did not. */
    boolean resetsContradict();

    /** Whether custom bounds differed, so that only those that all have are left. */
    boolean boundsReconciled();

    NativeHistogram result();
}
