package io.tributary.connect.series;

import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A histogram's buckets as Prometheus's classic histograms have them: each counts all values up to its bound.
 *
 * @param bound the upper bound, inclusive; the last is +Inf
 * @param count how many values are at most the bound
 */
public record Buckets(double bound, long count) {
    /** Buckets of a histogram with explicit bounds; without bounds only the one up to +Inf. */
    public static List<Buckets> of(HistogramValue histogram) {
        List<Buckets> buckets = new ArrayList<>();
        List<Double> bounds = histogram.getExplicitBounds();
        List<Long> counts = histogram.getBucketCounts();
        long below = 0;
        for (int i = 0; i < Math.min(bounds.size(), counts.size()); i++) {
            below += counts.get(i);
            buckets.add(new Buckets(bounds.get(i), below));
        }
        buckets.add(new Buckets(Double.POSITIVE_INFINITY, histogram.getCount()));
        return buckets;
    }

    /**
     * Buckets of an exponential histogram: the bounds are its own, base^index, so that they stay the same series as
     * long as its scale does; negative buckets come first, then the zero bucket up to the zero threshold.
     */
    public static List<Buckets> of(ExponentialHistogramValue histogram) {
        List<Buckets> buckets = new ArrayList<>();
        ExponentialBuckets negative = histogram.getNegative();
        ExponentialBuckets positive = histogram.getPositive();
        long below = 0;
        for (int i = negative.getBucketCounts().size() - 1; i >= 0; i--) {
            below += negative.getBucketCounts().get(i);
            buckets.add(new Buckets(-bound(histogram.getScale(), negative.getOffset() + i), below));
        }
        if (histogram.getZeroCount() > 0) {
            below += histogram.getZeroCount();
            buckets.add(new Buckets(histogram.getZeroThreshold(), below));
        }
        for (int i = 0; i < positive.getBucketCounts().size(); i++) {
            below += positive.getBucketCounts().get(i);
            buckets.add(new Buckets(bound(histogram.getScale(), positive.getOffset() + i + 1), below));
        }
        buckets.removeIf(bucket -> Double.isInfinite(bucket.bound()));
        buckets.add(new Buckets(Double.POSITIVE_INFINITY, histogram.getCount()));
        return buckets;
    }

    /** base^index, where base = 2^(2^-scale). */
    private static double bound(int scale, int index) {
        return scale <= 0 ? Math.scalb(1.0, Math.clamp((long) index << -scale, -1074, 1024)) : fine(scale, index);
    }

    private static double fine(int scale, int index) {
        int whole = index >> scale;
        int part = index - (whole << scale);
        return Math.scalb(Math.pow(2, (double) part / (1L << scale)), whole);
    }
}
