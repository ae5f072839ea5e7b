package io.tributary.promql.histogram;

import java.util.List;

/**
 * What a histogram tells of its observations. Within an exponential bucket they are taken to lie evenly on a
 * logarithmic scale, within the zero bucket and custom buckets on a linear one. A zero bucket with buckets on one side
 * only is taken to reach from 0 to that side, and the lowest custom bucket to begin at 0 if it ends above.
 */
final class Estimates {

    private Estimates() {}

    static double quantile(NativeHistogram h, double q) {
        if (q < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (q > 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (h.count() == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        // NaN observations are counted but in no bucket: they are taken to lie above all others.
        boolean forward = Double.isNaN(h.sum()) || q < 0.5;
        double rank = (forward ? q : 1 - q) * h.count();
        List<Bucket> buckets = forward ? h.buckets() : h.buckets().reversed();
        Bucket found = new Bucket(0, 0, true, true, 0);
        double reached = 0;
        for (var bucket : buckets) {
            if (bucket.count() != 0) {
                found = bucket;
                reached += bucket.count();
                if (reached >= rank) {
                    break;
                }
            }
        }
        if (h.usesCustomBuckets()) {
            if (found.lower() == Double.NEGATIVE_INFINITY && found.upper() <= 0) {
                return found.upper();
            }
            if (found.upper() == Double.POSITIVE_INFINITY && found.lower() != Double.NEGATIVE_INFINITY) {
                return found.lower();
            }
        }
        reached = Math.min(reached, h.count());
        if (reached < rank) {
            return Double.isNaN(h.sum()) ? Double.NaN : found.upper();
        }
        double before = forward ? rank - (reached - found.count()) : reached - rank;
        return within(h, oneSided(h, found), before / found.count());
    }

    /** Whether some observations were NaN, so that they are counted but in no bucket. */
    static boolean hasNaN(NativeHistogram h) {
        return Double.isNaN(h.sum()) && inBuckets(h) < h.count();
    }

    static double fraction(NativeHistogram h, double lower, double upper) {
        if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        if (lower >= upper) {
            return 0;
        }
        double most = Double.isNaN(h.sum()) ? inBuckets(h) : h.count();
        return (rank(h, upper, most) - rank(h, lower, most)) / h.count();
    }

    static double variance(NativeHistogram h) {
        double mean = h.sum() / h.count();
        var total = new Compensated();
        for (var bucket : h.buckets()) {
            if (bucket.count() != 0) {
                double distance = middle(h, bucket) - mean;
                total.add(bucket.count() * distance * distance);
            }
        }
        return total.value() / h.count();
    }

    private static double inBuckets(NativeHistogram h) {
        double total = 0;
        for (var bucket : h.buckets()) {
            total += bucket.count();
        }
        return total;
    }

    /** How many observations lie below the value. */
    private static double rank(NativeHistogram h, double value, double most) {
        double rank = 0;
        for (var each : h.buckets()) {
            var bucket = oneSided(h, each);
            if (bucket.lower() >= value) {
                return Math.min(rank, most);
            }
            if (bucket.upper() > value) {
                return Math.min(rank + bucket.count() * below(h, bucket, value), most);
            }
            rank += bucket.count();
        }
        return most;
    }

    /** What fraction of a bucket's observations lies below a value within it. */
    static double below(NativeHistogram h, Bucket bucket, double value) {
        if (bucket.lower() == Double.NEGATIVE_INFINITY) {
            return 1;
        }
        if (isLinear(h, bucket)) {
            return (value - bucket.lower()) / (bucket.upper() - bucket.lower());
        }
        double logLower = log2(bucket.lower());
        double logUpper = log2(bucket.upper());
        return value > 0
                ? (log2(value) - logLower) / (logUpper - logLower)
                : 1 - (log2(value) - logUpper) / (logLower - logUpper);
    }

    /** The value below which that fraction of a bucket's observations lies. */
    private static double within(NativeHistogram h, Bucket bucket, double fraction) {
        if (isLinear(h, bucket)) {
            return bucket.lower() + (bucket.upper() - bucket.lower()) * fraction;
        }
        double logLower = log2(bucket.lower());
        double logUpper = log2(bucket.upper());
        return bucket.lower() > 0
                ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
                : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
    }

    private static boolean isLinear(NativeHistogram h, Bucket bucket) {
        return h.usesCustomBuckets() || (bucket.lower() <= 0 && bucket.upper() >= 0);
    }

    private static Bucket oneSided(NativeHistogram h, Bucket bucket) {
        if (h.usesCustomBuckets()) {
            return bucket.lower() == Double.NEGATIVE_INFINITY
                            && bucket.upper() > 0
                            && (bucket.upper() < Double.POSITIVE_INFINITY)
                    ? new Bucket(0, bucket.upper(), true, true, bucket.count())
                    : bucket;
        }
        if (bucket.lower() > 0 || bucket.upper() < 0) {
            return bucket;
        }
        boolean onlyPositive = h.negative().size() == 0 && h.positive().size() > 0;
        boolean onlyNegative = h.positive().size() == 0 && h.negative().size() > 0;
        return new Bucket(
                onlyPositive ? 0 : bucket.lower(), onlyNegative ? 0 : bucket.upper(), true, true, bucket.count());
    }

    /**
     * The one value that stands for a bucket's observations: the geometric mean of its bounds where it is exponential.
     */
    private static double middle(NativeHistogram h, Bucket bucket) {
        if (h.usesCustomBuckets()) {
            return (bucket.upper() + bucket.lower()) / 2;
        }
        if (bucket.lower() <= 0 && bucket.upper() >= 0) {
            return 0;
        }
        double middle = Math.sqrt(bucket.upper() * bucket.lower());
        return bucket.upper() < 0 ? -middle : middle;
    }

    /** Of the absolute value; exact for powers of two, as bounds often are. */
    private static double log2(double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0 || !Double.isFinite(magnitude)) {
            return Math.log(magnitude);
        }
        int exponent = Math.getExponent(magnitude);
        return exponent + Math.log(Math.scalb(magnitude, -exponent)) / Math.log(2);
    }
}
