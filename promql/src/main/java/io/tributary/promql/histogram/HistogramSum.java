package io.tributary.promql.histogram;

import java.util.Arrays;

/**
 * A running sum of histograms that may differ in layout: the coarser schema, the wider zero bucket and the bounds that
 * both have win. Counts are summed with compensation, see {@link Compensated}.
 */
public final class HistogramSum implements HistogramTotal {

    private ResetHint hint;
    private int schema;
    private double zeroThreshold;
    private double[] bounds;
    private final Compensated zeroCount;
    private final Compensated count;
    private final Compensated sum;
    private final BucketSums positive;
    private final BucketSums negative;
    private boolean sawReset;
    private boolean sawNoReset;
    private boolean boundsReconciled;

    public HistogramSum(NativeHistogram first) {
        this.hint = first.hint();
        this.schema = first.schema();
        this.zeroThreshold = first.zeroThreshold();
        this.bounds = first.bounds();
        this.zeroCount = new Compensated(first.zeroCount());
        this.count = new Compensated(first.count());
        this.sum = new Compensated(first.sum());
        this.positive = new BucketSums(first.positive());
        this.negative = new BucketSums(first.negative());
        note(first);
    }

    @Override
    public boolean accepts(NativeHistogram other) {
        return other.usesCustomBuckets() == (schema == NativeHistogram.CUSTOM_SCHEMA);
    }

    @Override
    public void add(NativeHistogram other) {
        combine(other, 1);
    }

    /**
     * Subtracts one.
     *
     * @throws IllegalArgumentException if it is not {@link #accepts accepted}
     */
    public void subtract(NativeHistogram other) {
        combine(other, -1);
    }

    /** Multiplies all that has been summed. */
    public void scale(double factor) {
        zeroCount.scale(factor);
        count.scale(factor);
        sum.scale(factor);
        positive.scale(factor);
        negative.scale(factor);
    }

    /** Whether adding the histogram would leave the finite numbers. */
    public boolean overflowsWith(NativeHistogram other) {
        return sum.overflowsWith(other.sum()) || count.overflowsWith(other.count());
    }

    @Override
    public boolean resetsContradict() {
        return sawReset && sawNoReset;
    }

    @Override
    public boolean boundsReconciled() {
        return boundsReconciled;
    }

    @Override
    public NativeHistogram result() {
        return new NativeHistogram(
                hint,
                schema,
                zeroThreshold,
                zeroCount.value(),
                count.value(),
                sum.value(),
                positive.result(),
                negative.result(),
                bounds);
    }

    private void note(NativeHistogram other) {
        sawReset |= other.hint() == ResetHint.RESET;
        sawNoReset |= other.hint() == ResetHint.NOT_RESET;
    }

    private void combine(NativeHistogram other, double sign) {
        if (!accepts(other)) {
            throw new IllegalArgumentException(
                    "schema: %d with %d (expected: both exponential or both custom)".formatted(schema, other.schema()));
        }
        note(other);
        hint = hint.and(other.hint());
        count.add(sign * other.count());
        sum.add(sign * other.sum());
        if (other.usesCustomBuckets()) {
            positive.add(rebounded(other), sign);
        } else {
            var fitting = coarsened(withSharedZeroBucket(other));
            zeroCount.add(sign * fitting.zeroCount());
            positive.add(fitting.positive(), sign);
            negative.add(fitting.negative(), sign);
        }
    }

    private Buckets rebounded(NativeHistogram other) {
        if (Arrays.equals(bounds, other.bounds())) {
            return other.positive();
        }
        boundsReconciled = true;
        var shared = Bounds.shared(bounds, other.bounds());
        positive.rebound(bounds, shared);
        bounds = shared;
        return other.positive().rebounded(other.bounds(), shared);
    }

    /** Widens either zero bucket until both reach equally far and neither ends within a populated bucket. */
    private NativeHistogram withSharedZeroBucket(NativeHistogram other) {
        var fitting = other;
        while (fitting.zeroThreshold() != zeroThreshold) {
            if (fitting.zeroThreshold() < zeroThreshold) {
                fitting = ZeroBucket.widen(fitting, zeroThreshold);
            }
            if (fitting.zeroThreshold() > zeroThreshold) {
                zeroThreshold = ZeroBucket.threshold(fitting.zeroThreshold(), schema, positive.raw(), negative.raw());
                int first = ZeroBucket.firstOutside(zeroThreshold, schema, positive.raw(), negative.raw());
                positive.cutBelow(first, zeroCount);
                negative.cutBelow(first, zeroCount);
            }
        }
        return fitting;
    }

    private NativeHistogram coarsened(NativeHistogram other) {
        if (other.schema() < schema) {
            positive.coarsen(schema - other.schema());
            negative.coarsen(schema - other.schema());
            schema = other.schema();
        }
        return other.coarsened(schema);
    }
}
