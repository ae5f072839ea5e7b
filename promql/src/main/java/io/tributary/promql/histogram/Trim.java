package io.tributary.promql.histogram;

/**
 * Cuts a histogram at a value. A bucket that the value lies within is split, with the observations spread as for
 * quantiles; of one without end nothing is known, so it is dropped unless the part without end is what is kept. The sum
 * is estimated anew from the middles of what is left, but only if anything was cut.
 */
final class Trim {

    private final NativeHistogram h;
    private final double value;
    private final boolean keepBelow;
    private double count;
    private double sum;
    private boolean cut;

    private Trim(NativeHistogram h, double value, boolean keepBelow) {
        this.h = h;
        this.value = value;
        this.keepBelow = keepBelow;
    }

    static NativeHistogram below(NativeHistogram h, double value) {
        return new Trim(h, value, true).result();
    }

    static NativeHistogram above(NativeHistogram h, double value) {
        return new Trim(h, value, false).result();
    }

    private NativeHistogram result() {
        var positive = side(h.positive(), 1);
        var negative = side(h.negative(), -1);
        double zeroCount = h.zeroCount() > 0 ? zeroBucket() : h.zeroCount();
        if (!cut) {
            return h;
        }
        return new NativeHistogram(
                        h.hint(), h.schema(), h.zeroThreshold(), zeroCount, count, sum, positive, negative, h.bounds())
                .compact();
    }

    private Buckets side(Buckets buckets, int sign) {
        var kept = new double[buckets.size()];
        for (int i = 0; i < kept.length; i++) {
            double inner = sign * h.upper(buckets.index(i) - 1);
            double outer = sign * h.upper(buckets.index(i));
            kept[i] = buckets.count(i) == 0
                    ? 0
                    : keep(new Bucket(
                            sign > 0 ? inner : outer, sign > 0 ? outer : inner, false, false, buckets.count(i)));
        }
        return new Buckets(buckets.indexes(), kept);
    }

    private double keep(Bucket bucket) {
        boolean whole = keepBelow ? bucket.upper() <= value : bucket.lower() >= value;
        boolean none = keepBelow ? bucket.lower() >= value : bucket.upper() <= value;
        if (whole) {
            return record(bucket.count(), middle(bucket.lower(), bucket.upper()), bucket.count());
        }
        if (none) {
            return record(0, 0, bucket.count());
        }
        if (bucket.lower() == Double.NEGATIVE_INFINITY || bucket.upper() == Double.POSITIVE_INFINITY) {
            return keepOfEndless(bucket);
        }
        double below = bucket.count() * Estimates.below(h, bucket, value);
        return keepBelow
                ? record(below, middle(bucket.lower(), value), bucket.count())
                : record(bucket.count() - below, middle(value, bucket.upper()), bucket.count());
    }

    private double keepOfEndless(Bucket bucket) {
        if (bucket.lower() != Double.NEGATIVE_INFINITY) {
            return keepBelow ? record(0, 0, bucket.count()) : record(bucket.count(), value, bucket.count());
        }
        boolean endsAboveZero = bucket.upper() > 0 && bucket.upper() != Double.POSITIVE_INFINITY;
        if (keepBelow) {
            return endsAboveZero && value > 0
                    ? record(bucket.count() * value / bucket.upper(), value / 2, bucket.count())
                    : bucket.upper() <= 0
                            ? record(bucket.count(), value, bucket.count())
                            : record(0, 0, bucket.count());
        }
        return endsAboveZero && value >= 0
                ? record(bucket.count() * (1 - value / bucket.upper()), (value + bucket.upper()) / 2, bucket.count())
                : record(0, 0, bucket.count());
    }

    private double zeroBucket() {
        boolean hasPositive = isPopulated(h.positive());
        boolean hasNegative = isPopulated(h.negative());
        double lower = hasPositive && !hasNegative ? 0 : -h.zeroThreshold();
        double upper = hasNegative && !hasPositive ? 0 : h.zeroThreshold();
        boolean whole = keepBelow ? value >= upper : value <= lower;
        boolean none = keepBelow ? value <= lower : value >= upper;
        if (none) {
            return record(0, 0, h.zeroCount());
        }
        if (whole) {
            return record(h.zeroCount(), (lower + upper) / 2, h.zeroCount());
        }
        double fraction = (keepBelow ? value - lower : upper - value) / (upper - lower);
        return record(h.zeroCount() * fraction, (value + (keepBelow ? lower : upper)) / 2, h.zeroCount());
    }

    private static boolean isPopulated(Buckets buckets) {
        return buckets.compact().size() > 0;
    }

    private double record(double kept, double middle, double before) {
        cut |= kept != before;
        count += kept;
        sum += middle * kept;
        return kept;
    }

    private double middle(double lower, double upper) {
        if (lower == Double.NEGATIVE_INFINITY) {
            return upper == Double.POSITIVE_INFINITY ? 0 : upper > 0 ? upper / 2 : upper;
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return lower;
        }
        if (h.usesCustomBuckets()) {
            return (lower + upper) / 2;
        }
        double middle = Math.sqrt(Math.abs(lower * upper));
        return upper > 0 ? middle : -middle;
    }
}
