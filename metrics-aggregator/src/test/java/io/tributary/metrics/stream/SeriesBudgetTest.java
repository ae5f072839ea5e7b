package io.tributary.metrics.stream;

import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.delta;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.ofTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three series for a metric and six for a tenant, in the one partition of the four that takes everything here. */
class SeriesBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Map<String, Integer> offenders = new TreeMap<>();
    private Bench bench = bench(MINUTE);

    private Bench bench(Duration... windows) {
        return new Bench(Bench.settings(windows), new SeriesBudget(4 * 3, 4 * 6), new RollupMeter() {
            @Override
            public void handled(Outcome outcome) {}

            @Override
            public void rejected(Reason reason) {}

            @Override
            public void overBudget(String tenant, String metric) {
                offenders.merge(tenant + "/" + metric, 1, Integer::sum);
            }

            @Override
            public void published(boolean closed) {}
        });
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whatIsOverGoesToOneSeriesAndTheOffenderIsNamed() {
        for (int host = 0; host < 10; host++) {
            bench.send(of("host" + host, gauge("g", host, host)));
        }
        bench.send(ofTenant("acme", gauge("g", 1, 7)), gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getTenant, RollupPoint::getLabels, RollupPoint::getValue)
                .containsExactlyInAnyOrder(
                        tuple("default", Map.of("host", "host0"), new GaugeRollup(0.0, 0.0, 0.0, 0.0)),
                        tuple("default", Map.of("host", "host1"), new GaugeRollup(1.0, 1.0, 1.0, 1.0)),
                        tuple("default", Map.of("host", "host2"), new GaugeRollup(2.0, 2.0, 2.0, 2.0)),
                        tuple(
                                "default",
                                Map.of("otel_metric_overflow", "true", "partition", "0"),
                                new GaugeRollup(3.0, 9.0, 42.0, 9.0)),
                        tuple("acme", Map.of("host", "a", "zone", "1"), new GaugeRollup(7.0, 7.0, 7.0, 7.0)));
        assertThat(offenders).isEqualTo(Map.of("default/g", 7));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 12L));
    }

    @Test
    void seriesThatAreKnownAreServedAsBefore() {
        bench.send(of("a", counter("c", 0, 1, 5)), of("b", counter("c", 0, 1, 5)), of("c", counter("c", 0, 1, 5)));
        bench.send(of("d", counter("c", 0, 2, 100)), of("a", counter("c", 0, 3, 9)));
        bench.send(gauge("tick", 90, 0));
        assertThat(bench.published())
                .extracting(RollupPoint::getLabels, RollupPoint::getValue)
                .containsExactlyInAnyOrder(
                        tuple(Map.of("host", "a"), new SumRollup(9.0, 0L, 9.0)),
                        tuple(Map.of("host", "b"), new SumRollup(5.0, 0L, 5.0)),
                        tuple(Map.of("host", "c"), new SumRollup(5.0, 0L, 5.0)));
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 5L, "dropped:over_budget", 1L));
    }

    @Test
    void growthAddsUp() {
        for (int host = 0; host < 6; host++) {
            bench.send(of("host" + host, delta(counter("c", 0, 1 + host, 10))));
        }
        bench.send(gauge("tick", 90, 0));
        assertThat(bench.published())
                .filteredOn(point -> point.getLabels().containsKey("otel_metric_overflow"))
                .extracting(RollupPoint::getCount, point -> ((SumRollup) point.getValue()).getIncrease())
                .containsExactly(tuple(3L, 30.0));
    }

    @Test
    void pointThatComesLaterWithAnEarlierTimeIsNotTheLast() {
        send("g", 3, 1);
        bench.send(of("x", gauge("g", 20, 20)), of("y", gauge("g", 10, 10)), gauge("tick", 90, 0));
        assertThat(overflow()).containsExactly(new GaugeRollup(10.0, 20.0, 30.0, 20.0));
    }

    @Test
    void tenantWithTooManyMetricsHasNoRoomForOverflowSeriesEither() {
        for (String metric : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            bench.send(gauge(metric, 1, 1));
        }
        assertThat(bench.outcomes()).isEqualTo(Map.of("forwarded", 6L, "dropped:over_budget", 2L));
        assertThat(offenders).isEqualTo(Map.of("default/g", 1, "default/h", 1));
    }

    @Test
    void forgottenSeriesMakeRoom() {
        send("g", 5, 1);
        assertThat(bench.entries("series")).isEqualTo(4);
        bench.send(ofTenant("acme", gauge("tick", 2 * 3600, 0)));
        bench.send(ofTenant("acme", gauge("tick", 4 * 3600, 0)));
        assertThat(bench.entries("series")).isEqualTo(1);
        assertThat(bench.entries("series-counts")).isEqualTo(2);
        bench.published();
        send("g", 3, 4 * 3600 + 1);
        bench.send(ofTenant("acme", gauge("tick", 4 * 3600 + 90, 0)));
        assertThat(bench.published()).hasSize(4);
        assertThat(overflow()).isEmpty();
    }

    @Test
    void overflowSeriesIsRememberedAsLongAsItHasOpenWindows() {
        bench.close();
        bench = bench(MINUTE, Duration.ofHours(1));
        for (int second = 1; second < 3 * 3600; second += 20) {
            send("g", 4, second);
        }
        bench.send(ofTenant("acme", gauge("tick", 5 * 3600, 0)), ofTenant("acme", gauge("tick", 8 * 3600, 0)));
        assertThat(bench.entries("series")).isEqualTo(1);
        assertThat(bench.entries("pending-windows")).isZero();
    }

    @Test
    void aSilentPartitionTellsWhatIsOverToo() {
        send("g", 5, 1);
        bench.pass(Duration.ofSeconds(101));
        assertThat(overflow()).containsExactly(new GaugeRollup(1.0, 1.0, 2.0, 1.0));
    }

    private List<Object> overflow() {
        return bench.published().stream()
                .filter(point -> point.getLabels().containsKey("otel_metric_overflow"))
                .map(RollupPoint::getValue)
                .toList();
    }

    /** A point of value 1 of each of so many series. */
    private void send(String metric, int series, int second) {
        for (int host = 0; host < series; host++) {
            bench.send(of("host" + host, gauge(metric, second, 1)));
        }
    }

    private static MetricPoint of(String host, MetricPoint point) {
        point.setLabels(Map.of("host", host));
        return point;
    }
}
