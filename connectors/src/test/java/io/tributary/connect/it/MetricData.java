package io.tributary.connect.it;

import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.sample.SampleData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Metric points of every kind, more than one of each, of two tenants, near the present: stores take nothing old. */
final class MetricData {
    static final int SERIES = 3;
    static final int POINTS = 20;

    /** The time of the first point. */
    final long startNanos = TimeUnit.SECONDS.toNanos(Instant.now().getEpochSecond() - 600);

    static SeriesId key(MetricPoint point) {
        return SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
    }

    MetricPoint gauge(int series, int number) {
        MetricPoint point = SampleData.gauge(
                "room_temperature",
                Map.of("room", "r" + series, "floor", "a b,c=d\\e \"f\""),
                0,
                series + number / 10.0);
        point.setTimeUnixNano(time(number));
        return point;
    }

    MetricPoint histogram(int number) {
        MetricPoint point = gauge(0, number);
        point.setName("latency_seconds");
        point.setKind(MetricKind.HISTOGRAM);
        point.setValue(HistogramValue.newBuilder()
                .setCount(10L + number)
                .setSum(3.5 + number)
                .setExplicitBounds(List.of(0.1, 0.5, 1.0))
                .setBucketCounts(List.of(1L, 2L, 3L, 4L + number))
                .build());
        return point;
    }

    MetricPoint exponential(int number) {
        MetricPoint point = gauge(1, number);
        point.setName("payload_bytes");
        point.setKind(MetricKind.EXPONENTIAL_HISTOGRAM);
        point.setValue(ExponentialHistogramValue.newBuilder()
                .setCount(9L)
                .setSum(20.0)
                .setScale(0)
                .setZeroCount(2L)
                .setPositive(new ExponentialBuckets(0, List.of(3L, 4L)))
                .build());
        return point;
    }

    MetricPoint summary(int number) {
        MetricPoint point = gauge(2, number);
        point.setName("gc_pause_seconds");
        point.setKind(MetricKind.SUMMARY);
        point.setValue(new SummaryValue(
                5L + number, 1.5, List.of(new QuantileValue(0.5, 0.2), new QuantileValue(0.99, 0.9 + number))));
        return point;
    }

    MetricPoint stale(int series) {
        MetricPoint point = gauge(series, POINTS);
        point.setValue(null);
        return point;
    }

    RollupPoint gaugeRollup(int minute) {
        return rollup("room_temperature", MetricKind.GAUGE, minute, new GaugeRollup(1.0, 4.0, 10.0, 3.0));
    }

    RollupPoint counterRollup(int minute) {
        return rollup("requests_total", MetricKind.SUM, minute, new SumRollup(7.0 + minute, 1L, 100.0));
    }

    private RollupPoint rollup(String name, MetricKind kind, int minute, Object value) {
        long start = startNanos - startNanos % 60_000_000_000L + minute * 60_000_000_000L;
        return RollupPoint.newBuilder()
                .setName(name)
                .setLabels(Map.of("room", "r1", "host", "h1"))
                .setKind(kind)
                .setWindowStartUnixNano(start)
                .setWindowNanos(60_000_000_000L)
                .setCount(4)
                .setLastTimeUnixNano(start + 59_000_000_000L)
                .setValue(value)
                .build();
    }

    static SeriesId key(RollupPoint point) {
        return SeriesId.of(point.getTenant(), point.getName(), point.getLabels());
    }

    long time(int number) {
        return startNanos + TimeUnit.SECONDS.toNanos(number);
    }

    /** Puts all of it on the topics; returns how many records are on {@code metrics} that a store can take. */
    int produce(Workbench bench) {
        int storable = 0;
        for (int number = 0; number < POINTS; number++) {
            for (int series = 0; series < SERIES; series++) {
                storable += send(bench, gauge(series, number));
            }
            MetricPoint other = gauge(1, number);
            other.setTenant("acme");
            storable += send(bench, other);
        }
        for (int number = 0; number < 2; number++) {
            storable +=
                    send(bench, histogram(number)) + send(bench, exponential(number)) + send(bench, summary(number));
            RollupPoint gauge = gaugeRollup(number);
            RollupPoint counter = counterRollup(number);
            bench.produce(bench.topics.rollups(), key(gauge), gauge);
            bench.produce(bench.topics.rollups(), key(counter), counter);
        }
        return storable;
    }

    /** Two records that no store can take: not Avro, and a key of another series. */
    void produceBad(Workbench bench) {
        bench.produceBytes(bench.topics.metrics(), new byte[16], "no avro at all".getBytes(StandardCharsets.UTF_8));
        bench.produce(bench.topics.metrics(), key(gauge(2, 0)), gauge(1, 0));
    }

    private static int send(Workbench bench, MetricPoint point) {
        bench.produce(bench.topics.metrics(), key(point), point);
        return 1;
    }
}
