package io.tributary.gateway.validate;

import java.util.List;

/** What the points of a metric must hold to. OpenTelemetry: metrics/data-model.md. */
public final class PointRules {
    private static final int MIN_SCALE = -10;
    private static final int MAX_SCALE = 20;

    private PointRules() {}

    /** Demands one bucket more than there are bounds, or none of both, and bounds that increase. */
    public static void buckets(List<Long> counts, List<Double> bounds) {
        boolean fit = counts.isEmpty() ? bounds.isEmpty() : counts.size() == bounds.size() + 1;
        if (!fit || !increasing(bounds)) {
            throw new RefusedException(Refusal.INVALID_BUCKETS);
        }
        counts.forEach(PointRules::count);
    }

    private static boolean increasing(List<Double> bounds) {
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < bounds.size(); i++) {
            double bound = bounds.get(i);
            // Written so that NaN fails, too; the first bound may be anything but NaN.
            if (!(bound > last) && !(i == 0 && bound == last)) {
                return false;
            }
            last = bound;
        }
        return true;
    }

    /** The count, which OTLP holds as an unsigned number. */
    public static long count(long count) {
        if (count < 0) {
            throw new RefusedException(Refusal.INVALID_COUNT);
        }
        return count;
    }

    /** The scale of an exponential histogram. */
    public static int scale(int scale) {
        if (scale < MIN_SCALE || scale > MAX_SCALE) {
            throw new RefusedException(Refusal.INVALID_SCALE);
        }
        return scale;
    }

    /** Demands an index, from this one on, for every bucket of an exponential histogram. */
    public static void indices(int offset, List<Long> counts) {
        // The last bucket's upper bound has an index, too.
        if ((long) offset + counts.size() > Integer.MAX_VALUE) {
            throw new RefusedException(Refusal.INVALID_BUCKETS);
        }
        counts.forEach(PointRules::count);
    }

    /** How far from zero values of an exponential histogram count as zero. */
    public static double zeroThreshold(double threshold) {
        if (!(threshold >= 0)) {
            throw new RefusedException(Refusal.INVALID_ZERO_THRESHOLD);
        }
        return threshold;
    }

    /** The quantile of a summary. */
    public static double quantile(double quantile) {
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new RefusedException(Refusal.INVALID_QUANTILE);
        }
        return quantile;
    }
}
