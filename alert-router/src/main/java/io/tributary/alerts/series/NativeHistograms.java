package io.tributary.alerts.series;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exponential histograms as native ones. OpenTelemetry: compatibility/prometheus_and_openmetrics.md, "Exponential
 * Histograms".
 */
final class NativeHistograms {
    /** What Prometheus takes where a source tells none. */
    private static final double DEFAULT_ZERO_THRESHOLD = 1e-128;

    private NativeHistograms() {}

    /** {@link RejectedException} if it is coarser than a native histogram can be, or an index is beyond 2^31-1. */
    static NativeHistogram of(ExponentialHistogramValue value) {
        int schema = Math.min(value.getScale(), NativeHistogram.MAX_SCHEMA);
        if (schema < NativeHistogram.MIN_SCHEMA) {
            throw new RejectedException(
                    Reason.INVALID_RECORD,
                    "scale: " + value.getScale() + " (expected: at least " + NativeHistogram.MIN_SCHEMA + ")");
        }
        int coarser = value.getScale() - schema;
        return NativeHistogram.exponential(
                schema,
                value.getZeroThreshold() == 0 ? DEFAULT_ZERO_THRESHOLD : value.getZeroThreshold(),
                (double) value.getZeroCount(),
                (double) value.getCount(),
                value.getSum() == null ? Double.NaN : value.getSum(),
                buckets(value.getPositive(), coarser),
                buckets(value.getNegative(), coarser));
    }

    /** OpenTelemetry numbers a bucket by its lower bound, Prometheus by its upper one. */
    private static Buckets buckets(ExponentialBuckets buckets, int coarser) {
        if ((long) buckets.getOffset() + buckets.getBucketCounts().size() > Integer.MAX_VALUE) {
            throw new RejectedException(
                    Reason.INVALID_RECORD, "offset: " + buckets.getOffset() + " (expected: an index for every bucket)");
        }
        Map<Integer, Double> counts = new TreeMap<>();
        for (int i = 0; i < buckets.getBucketCounts().size(); i++) {
            double count = buckets.getBucketCounts().get(i);
            if (count != 0) {
                counts.merge(((buckets.getOffset() + i) >> coarser) + 1, count, Double::sum);
            }
        }
        return Buckets.of(
                counts.keySet().stream().mapToInt(index -> index).toArray(),
                counts.values().stream().mapToDouble(count -> count).toArray());
    }
}
