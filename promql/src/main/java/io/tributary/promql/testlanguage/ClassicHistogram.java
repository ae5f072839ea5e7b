package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the series of one classic histogram say of one time: the counts of observations up to each bound, of all, and
 * their sum.
 */
final class ClassicHistogram {

    private final TreeMap<Double, Double> upTo = new TreeMap<>();
    private Double count;
    private double sum;

    void bucket(double bound, double observations) {
        upTo.put(bound, observations);
    }

    void count(double observations) {
        count = observations;
    }

    void sum(double total) {
        sum = total;
    }

    /**
     * As a native histogram with custom buckets.
     *
     * @throws IllegalArgumentException if a count is negative, less than that of a lower bound, or not that of all
     */
    NativeHistogram toNative() {
        double all =
                count != null ? count : upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
        var cumulative = new TreeMap<>(upTo);
        cumulative.putIfAbsent(Double.POSITIVE_INFINITY, all);
        if (cumulative.lastEntry().getValue() != all) {
            throw new IllegalArgumentException("count: " + all + " (expected: as in the bucket without bound, "
                    + cumulative.lastEntry().getValue() + ")");
        }
        double[] counts = new double[cumulative.size()];
        double below = 0;
        int i = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            counts[i] = bucket.getValue() - below;
            if (counts[i] < 0) {
                throw new IllegalArgumentException("bucket " + bucket.getKey() + ": " + bucket.getValue()
                        + " (expected: at least what the buckets below it count, " + below + ")");
            }
            below = bucket.getValue();
            i++;
        }
        double[] bounds = cumulative.keySet().stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
        return NativeHistogram.custom(bounds, all, sum, Buckets.of(0, counts)).compact();
    }
}
