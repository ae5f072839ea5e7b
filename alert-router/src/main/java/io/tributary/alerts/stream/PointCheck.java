package io.tributary.alerts.stream;

import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;

/** What the contract demands of a point. */
final class PointCheck {
    private PointCheck() {}

    /** Whether this is the key of the point's series. */
    static boolean isKey(SeriesId key, MetricPoint point) {
        return key(point).equals(key);
    }

    private static SeriesId key(MetricPoint point) {
        return SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
    }

    /** Rejects a point that breaks the contract. */
    static void check(SeriesId key, MetricPoint point) {
        if (!isKey(key, point)) {
            throw new RejectedException(Reason.INVALID_KEY, "key: " + key + " (expected: " + key(point) + ")");
        }
        if (point.getTimeUnixNano() <= 0) {
            throw new RejectedException(
                    Reason.INVALID_RECORD, "time_unix_nano: " + point.getTimeUnixNano() + " (expected: more than 0)");
        }
        if (point.getValue() instanceof HistogramValue histogram) {
            int bounds = histogram.getExplicitBounds().size();
            int buckets = histogram.getBucketCounts().size();
            if (buckets != 0 ? buckets != bounds + 1 : bounds != 0) {
                throw new RejectedException(
                        Reason.INVALID_RECORD, "bucket_counts: " + buckets + " (expected: " + (bounds + 1) + ")");
            }
        }
    }
}
