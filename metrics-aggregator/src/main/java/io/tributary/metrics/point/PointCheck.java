package io.tributary.metrics.point;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What every point must be, whatever it measures. */
public final class PointCheck {
    /** The latest time that a point may have: the end of the representable times, less room for the longest window. */
    static final long LATEST_NANOS = Long.MAX_VALUE - Duration.ofDays(400).toNanos();

    private PointCheck() {}

    /**
     * Checks tenant, name, times and key.
     *
     * @throws RejectedException with {@link Reason#INVALID_RECORD} and every problem of the point; with
     *     {@link Reason#INVALID_KEY} if only the key is wrong
     */
    public static void check(SeriesId key, MetricPoint point) {
        List<String> problems = new ArrayList<>(0);
        if (!Tenant.isValid(point.getTenant())) {
            problems.add("tenant: malformed (expected: 1 to 64 of a-z, 0-9, '.' and '_')");
        }
        if (point.getName().isEmpty()) {
            problems.add("name: empty (expected: the series' name)");
        }
        if (point.getTimeUnixNano() <= 0 || point.getTimeUnixNano() > LATEST_NANOS) {
            problems.add("time_unix_nano: " + point.getTimeUnixNano() + " (expected: 1 to " + LATEST_NANOS + ", "
                    + Instant.ofEpochSecond(0, LATEST_NANOS) + ")");
        }
        if (point.getStartTimeUnixNano() < 0) {
            problems.add("start_time_unix_nano: " + point.getStartTimeUnixNano() + " (expected: at least 0)");
        }
        if (!problems.isEmpty()) {
            throw new RejectedException(Reason.INVALID_RECORD, String.join("; ", problems));
        }
        SeriesId expected = point.getLabels() instanceof SentLabels sent
                ? sent.series()
                : SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
        if (!expected.equals(key)) {
            throw new RejectedException(
                    Reason.INVALID_KEY, "key: " + (key == null ? "none" : key) + " (expected: " + expected + ")");
        }
    }
}
