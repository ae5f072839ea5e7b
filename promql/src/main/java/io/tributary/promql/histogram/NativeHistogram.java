package io.tributary.promql.histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A native histogram of floats, see Prometheus's specification "Native Histograms". Immutable.
 *
 * <p>Of an exponential schema, from {@value #MIN_SCHEMA} (coarse) to {@value #MAX_SCHEMA} (fine), bucket i ends at 2 to
 * the power of i / 2^schema on the positive side and begins at the same below zero on the negative side; what is nearer
 * to zero than the threshold is in the zero bucket. Of schema {@value #CUSTOM_SCHEMA} the bounds are given one by one,
 * and there is neither a zero bucket nor a negative side.
 */
public final class NativeHistogram {

    public static final int CUSTOM_SCHEMA = -53;
    public static final int MIN_SCHEMA = -4;
    public static final int MAX_SCHEMA = 8;

    private static final double[] NO_BOUNDS = {};

    private final ResetHint hint;
    private final int schema;
    private final double zeroThreshold;
    private final double zeroCount;
    private final double count;
    private final double sum;
    private final Buckets positive;
    private final Buckets negative;
    private final double[] bounds;

    NativeHistogram(
            ResetHint hint,
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            Buckets positive,
            Buckets negative,
            double[] bounds) {
        this.hint = hint;
        this.schema = schema;
        this.zeroThreshold = zeroThreshold;
        this.zeroCount = zeroCount;
        this.count = count;
        this.sum = sum;
        this.positive = positive;
        this.negative = negative;
        this.bounds = bounds;
    }

    /**
     * With exponential buckets.
     *
     * @throws IllegalArgumentException if there is no such schema
     */
    public static NativeHistogram exponential(
            int schema,
            double zeroThreshold,
            double zeroCount,
            double count,
            double sum,
            Buckets positive,
            Buckets negative) {
        if (schema < MIN_SCHEMA || schema > MAX_SCHEMA) {
            throw new IllegalArgumentException(
                    "schema: %d (expected: %d to %d)".formatted(schema, MIN_SCHEMA, MAX_SCHEMA));
        }
        return new NativeHistogram(
                ResetHint.UNKNOWN, schema, zeroThreshold, zeroCount, count, sum, positive, negative, NO_BOUNDS);
    }

    /**
     * With custom buckets.
     *
     * @param bounds the upper bounds, ascending; above the last one there is one more bucket
     * @throws IllegalArgumentException if the bounds do not ascend, or a bucket is outside them
     */
    public static NativeHistogram custom(double[] bounds, double count, double sum, Buckets buckets) {
        for (int i = 1; i < bounds.length; i++) {
            if (!(bounds[i] > bounds[i - 1])) {
                throw new IllegalArgumentException(
                        "custom bounds: %s after %s (expected: ascending)".formatted(bounds[i], bounds[i - 1]));
            }
        }
        int last = buckets.size() - 1;
        if (last >= 0 && (buckets.index(0) < 0 || buckets.index(last) > bounds.length)) {
            throw new IllegalArgumentException("custom buckets: %d to %d (expected: within 0 to %d)"
                    .formatted(buckets.index(0), buckets.index(last), bounds.length));
        }
        return new NativeHistogram(
                ResetHint.UNKNOWN, CUSTOM_SCHEMA, 0, 0, count, sum, buckets, Buckets.NONE, bounds.clone());
    }

    public ResetHint hint() {
        return hint;
    }

    public int schema() {
        return schema;
    }

    public boolean usesCustomBuckets() {
        return schema == CUSTOM_SCHEMA;
    }

    /** How far the zero bucket reaches to both sides. */
    public double zeroThreshold() {
        return zeroThreshold;
    }

    public double zeroCount() {
        return zeroCount;
    }

    /** Of all observations; those that are NaN are in no bucket. */
    public double count() {
        return count;
    }

    /** Of all observations. The staleness marker, if a series has ended. */
    public double sum() {
        return sum;
    }

    public Buckets positive() {
        return positive;
    }

    public Buckets negative() {
        return negative;
    }

    /** The custom upper bounds; empty for an exponential schema. */
    public List<Double> customBounds() {
        return Arrays.stream(bounds).boxed().toList();
    }

    double[] bounds() {
        return bounds;
    }

    /** Its buckets from the lowest to the highest value, the zero bucket only if it counts something. */
    public List<Bucket> buckets() {
        var all = new ArrayList<Bucket>(negative.size() + 1 + positive.size());
        for (int i = negative.size() - 1; i >= 0; i--) {
            double upper = -upper(negative.index(i) - 1);
            all.add(bucket(
                    -upper(negative.index(i)), upper > -zeroThreshold ? -zeroThreshold : upper, negative.count(i)));
        }
        if (zeroCount > 0 && !usesCustomBuckets()) {
            all.add(new Bucket(-zeroThreshold, zeroThreshold, true, true, zeroCount));
        }
        for (int i = 0; i < positive.size(); i++) {
            double lower = upper(positive.index(i) - 1);
            double upper = upper(positive.index(i));
            all.add(
                    usesCustomBuckets()
                            ? new Bucket(lower, upper, positive.index(i) == 0, true, positive.count(i))
                            : bucket(Math.max(lower, zeroThreshold), upper, positive.count(i)));
        }
        return all;
    }

    private static Bucket bucket(double lower, double upper, double count) {
        return new Bucket(lower, upper, lower < 0, upper > 0, count);
    }

    /** The upper bound, away from zero, of the bucket of that index. */
    double upper(int index) {
        return usesCustomBuckets() ? Bounds.custom(index, bounds) : Bounds.exponential(index, schema);
    }

    public NativeHistogram withHint(ResetHint other) {
        return other == hint
                ? this
                : new NativeHistogram(other, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
    }

    /** Only count and sum, for functions that need no buckets. */
    public NativeHistogram withoutBuckets() {
        return new NativeHistogram(hint, schema, zeroThreshold, 0, count, sum, Buckets.NONE, Buckets.NONE, bounds);
    }

    /** The sum of both; see {@link HistogramSum}, which also tells what had to be reconciled. */
    public NativeHistogram plus(NativeHistogram other) {
        var total = new HistogramSum(this);
        total.add(other);
        return total.result();
    }

    /** The difference; see {@link HistogramSum}, which also tells what had to be reconciled. */
    public NativeHistogram minus(NativeHistogram other) {
        var total = new HistogramSum(this);
        total.subtract(other);
        return total.result();
    }

    /**
     * Whether counting began anew between the previous histogram of a counter and this one: this one says so, or says
     * nothing and counts less in any bucket, or in one that it should have. Said or not, what is no counter is judged
     * as if it were one.
     */
    public boolean isResetAfter(NativeHistogram previous) {
        return Resets.between(previous, this);
    }

    /** Only the observations below the value, estimated where it lies within a bucket: the operator {@code </}. */
    public NativeHistogram below(double value) {
        return Trim.below(this, value);
    }

    /** Only the observations above the value, estimated where it lies within a bucket: the operator {@code >/}. */
    public NativeHistogram above(double value) {
        return Trim.above(this, value);
    }

    /**
     * The value below which that fraction of the observations lies, estimated. NaN without observations, or if
     * observations that are NaN, taken to lie above all others, reach down to it. Infinite if q is outside 0 to 1.
     */
    public double quantile(double q) {
        return Estimates.quantile(this, q);
    }

    /** What fraction of the observations lies between the values, estimated. NaN without observations. */
    public double fraction(double lower, double upper) {
        return Estimates.fraction(this, lower, upper);
    }

    /** Whether some observations were NaN, so that they are counted but in no bucket. */
    public boolean hasNaN() {
        return Estimates.hasNaN(this);
    }

    /** The estimated variance of the observations around their mean. NaN without observations. */
    public double variance() {
        return Estimates.variance(this);
    }

    /** Everything multiplied; by a negative factor a gauge comes of it. */
    public NativeHistogram times(double factor) {
        return new NativeHistogram(
                factor < 0 ? ResetHint.GAUGE : hint,
                schema,
                zeroThreshold,
                zeroCount * factor,
                count * factor,
                sum * factor,
                positive.times(factor),
                negative.times(factor),
                bounds);
    }

    /** Everything divided; by a negative number a gauge comes of it, and by 0 no buckets are left. */
    public NativeHistogram dividedBy(double divisor) {
        return new NativeHistogram(
                divisor < 0 ? ResetHint.GAUGE : hint,
                schema,
                zeroThreshold,
                zeroCount / divisor,
                count / divisor,
                sum / divisor,
                divisor == 0 ? Buckets.NONE : positive.dividedBy(divisor),
                divisor == 0 ? Buckets.NONE : negative.dividedBy(divisor),
                bounds);
    }

    /** In that schema. Exponential only; none finer than this. */
    NativeHistogram coarsened(int coarser) {
        return coarser == schema
                ? this
                : new NativeHistogram(
                        hint,
                        coarser,
                        zeroThreshold,
                        zeroCount,
                        count,
                        sum,
                        positive.coarser(schema - coarser),
                        negative.coarser(schema - coarser),
                        bounds);
    }

    /** Without buckets that count nothing. */
    public NativeHistogram compact() {
        return positive.isCompact() && negative.isCompact()
                ? this
                : new NativeHistogram(
                        hint,
                        schema,
                        zeroThreshold,
                        zeroCount,
                        count,
                        sum,
                        positive.compact(),
                        negative.compact(),
                        bounds);
    }

    /** The test language's form: {@code {{schema:1 count:3 sum:5 buckets:[1 2]}}}. */
    public String toTestText() {
        return HistogramText.test(this);
    }

    /** Same data bit by bit and the same layout; the hint does not count. Compact both to disregard the layout. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NativeHistogram h
                && schema == h.schema
                && same(count, h.count)
                && same(sum, h.sum)
                && zeroThreshold == h.zeroThreshold
                && same(zeroCount, h.zeroCount)
                && Arrays.equals(bounds, h.bounds)
                && positive.equals(h.positive)
                && negative.equals(h.negative);
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(count) + Double.hashCode(sum);
    }

    /** As Prometheus prints it: {@code {count:3, sum:5, (1,1.5]:1, (1.5,2]:2}}, without empty buckets. */
    @Override
    public String toString() {
        return HistogramText.plain(this);
    }
}
