package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Http;
import io.tributary.it.system.Sql;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** One tenant sends a million label values that nobody has seen before, while another one's metrics flow. */
@Tag("faults")
@Tag("long")
@ExtendWith(Tributary.Started.class)
class NewSeriesIT {
    private static final String OFFENDER = "noisy";
    private static final int NEW_SERIES = 1_000_000;
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;
    /** {@code tributary.metrics.series-per-metric}. */
    private static final long BUDGET = 200_000;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void othersAreServedAsBeforeAndTheOffenderIsNamed(Tributary tributary) {
        Stored stored = new Stored(tributary);
        try (Load known = Load.start(Signal.METRICS, tributary, PER_SECOND)) {
            stored.areComing(List.of(known));
            long begin = System.nanoTime();
            Load flood = Load.ofNewSeries(OFFENDER, tributary, NEW_SERIES);
            System.out.printf(
                    "%d new series taken in %d s%n", flood.series(), (System.nanoTime() - begin) / 1_000_000_000);
            // Who comes only now finds room as well: the budget is the offender's own.
            Load unknown = Load.of(Signal.METRICS, tributary, RECORDS);
            known.finish(RECORDS);
            assertThat(known.answers()).containsOnlyKeys(200);
            tributary.balancedLedger();

            List<Load> all = List.of(known, unknown, flood);
            all.forEach(stored::exactly);
            all.forEach(load -> await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored.rolledUp(load)).isEqualTo(load.records())));
            List.of(known, unknown).forEach(load -> demandSeriesOfItsOwn(load, tributary));
            demandOneSeriesForWhatIsOver(flood, tributary);
            assertThat(Http.text(tributary.at("METRICS_AGGREGATOR_MANAGEMENT", "/actuator/prometheus"))
                            .lines()
                            .filter(line -> line.startsWith("tributary_metrics_over_budget_total{")))
                    .singleElement()
                    .asString()
                    .contains("tenant=\"" + OFFENDER + '"', "metric=\"" + flood.metric() + '"');
        }
    }

    /** Each of its series is rolled up by itself. */
    private static void demandSeriesOfItsOwn(Load load, Tributary tributary) {
        assertThat(rollups(load, "count_distinct(series)", tributary).get(0).asInt())
                .isEqualTo(load.series());
    }

    /** Within its budget it is served as others are; the rest is one series, and no point of it is missing. */
    private static void demandOneSeriesForWhatIsOver(Load load, Tributary tributary) {
        JsonNode within = rollups(load, "count_distinct(series), cast(sum(count) AS long)", tributary);
        JsonNode over = new Sql(tributary)
                .query("SELECT cast(sum(count) AS long) FROM '" + load.metric()
                        + "_rollup_1m' WHERE otel_metric_overflow = 'true'")
                .getFirst();
        assertThat(within.get(0).asLong()).isBetween(BUDGET * 9 / 10, BUDGET);
        assertThat(over.get(0).asLong())
                .isEqualTo(load.records() - within.get(1).asLong());
    }

    private static JsonNode rollups(Load load, String columns, Tributary tributary) {
        return new Sql(tributary)
                .query("SELECT " + columns + " FROM '" + load.metric() + "_rollup_1m' WHERE series != null")
                .getFirst();
    }
}
