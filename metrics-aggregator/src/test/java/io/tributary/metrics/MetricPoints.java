package io.tributary.metrics;

import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.serde.AvroSerde;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Points at some seconds after a full minute, 2026-01-02T03:04:00Z. */
public final class MetricPoints {
    /** Nanoseconds since the epoch at second 0. */
    public static final long BASE = Instant.parse("2026-01-02T03:04:00Z").getEpochSecond() * 1_000_000_000L;

    static {
        // Its limits of what a damaged payload may take are read by Avro when it loads the first record, and never
        // again.
        new AvroSerde<>(new SchemaRegistry("mock://metric-points"), "points-value", MetricPoint.class).schema();
    }

    private MetricPoints() {}

    public static long at(double seconds) {
        return BASE + Math.round(seconds * 1e9);
    }

    public static MetricPoint point(String name, double seconds, Object value) {
        return MetricPoint.newBuilder()
                .setName(name)
                .setLabels(Map.of("host", "a", "zone", "1"))
                .setUnit("By")
                .setKind(MetricKind.GAUGE)
                .setTimeUnixNano(at(seconds))
                .setValue(value)
                .build();
    }

    public static MetricPoint gauge(String name, double seconds, double value) {
        return point(name, seconds, value);
    }

    /** Cumulative; the start is in seconds, NaN when not told. */
    public static MetricPoint counter(String name, double start, double seconds, double value) {
        MetricPoint point = started(point(name, seconds, value), MetricKind.SUM, start);
        point.setMonotonic(true);
        return point;
    }

    public static MetricPoint histogram(
            String name, double start, double seconds, List<Double> bounds, List<Long> counts) {
        long count = counts.stream().mapToLong(Long::longValue).sum();
        HistogramValue value = new HistogramValue(count, 10.0 * count, 1.0, 100.0, bounds, counts);
        return started(point(name, seconds, value), MetricKind.HISTOGRAM, start);
    }

    public static MetricPoint exponential(
            String name, double start, double seconds, int scale, int offset, List<Long> counts) {
        long count = counts.stream().mapToLong(Long::longValue).sum();
        ExponentialHistogramValue value = new ExponentialHistogramValue(
                count,
                2.0 * count,
                null,
                null,
                scale,
                0L,
                0.0,
                new ExponentialBuckets(offset, counts),
                new ExponentialBuckets(0, List.of()));
        return started(point(name, seconds, value), MetricKind.EXPONENTIAL_HISTOGRAM, start);
    }

    public static MetricPoint summary(String name, double start, double seconds, long count, double sum, double p99) {
        SummaryValue value =
                new SummaryValue(count, sum, List.of(new QuantileValue(0.5, p99 / 2), new QuantileValue(0.99, p99)));
        return started(point(name, seconds, value), MetricKind.SUMMARY, start);
    }

    private static MetricPoint started(MetricPoint point, MetricKind kind, double start) {
        point.setKind(kind);
        point.setTemporality(Temporality.CUMULATIVE);
        point.setStartTimeUnixNano(Double.isNaN(start) ? 0 : at(start));
        return point;
    }

    public static MetricPoint delta(MetricPoint point) {
        point.setTemporality(Temporality.DELTA);
        return point;
    }

    public static MetricPoint ofTenant(String tenant, MetricPoint point) {
        point.setTenant(tenant);
        return point;
    }

    public static SeriesId id(MetricPoint point) {
        return SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
    }
}
