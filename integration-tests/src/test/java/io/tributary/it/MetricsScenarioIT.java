package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.tributary.it.client.Service;
import io.tributary.it.client.SteppingClock;
import io.tributary.it.system.Sql;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Thousands of points of many series; the service that rolls them up is killed half-way. */
@ExtendWith(Tributary.Started.class)
class MetricsScenarioIT {
    private static final int SERIES = 60;
    private static final int ROUNDS = 60;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final AttributeKey<String> SHOP = AttributeKey.stringKey("shop");

    @Test
    void everyPointIsStoredAndRolledUpAlthoughTheAggregatorIsKilled(Tributary tributary) {
        String name = "scenario_" + UUID.randomUUID().toString().replace('-', '_');
        SteppingClock clock = new SteppingClock(Instant.now());
        Sql sql = new Sql(tributary);
        try (Service service = new Service(tributary, "till", clock)) {
            LongCounter sales = service.sdk()
                    .getMeter("scenario")
                    .counterBuilder(name)
                    .setUnit("{sale}")
                    .build();
            send(service, sales, clock, ROUNDS / 3);
            await().atMost(Duration.ofSeconds(60)).until(() -> sql.tables().contains(name + "_total"));
            send(service, sales, clock, ROUNDS / 3);
            tributary.kill("metrics-aggregator");
            send(service, sales, clock, ROUNDS / 3);
            // The end of the SDK makes one more point of each series.
            clock.step(STEP);
        }
        tributary.up();
        JsonNode ledger = tributary.balancedLedger();

        String points = " FROM '" + name + "_total'";
        assertThat(number(sql, "SELECT count()" + points)).isEqualTo((long) SERIES * (ROUNDS + 1));
        assertThat(number(sql, "SELECT count_distinct(shop)" + points)).isEqualTo(SERIES);
        assertThat(number(sql, "SELECT cast(max(value) AS long)" + points)).isEqualTo(ROUNDS);
        String windows = " FROM '" + name + "_total_rollup_1m'";
        await().atMost(Duration.ofSeconds(240))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    assertThat(sql.tables()).contains(name + "_total_rollup_1m");
                    assertThat(number(sql, "SELECT cast(sum(count) AS long)" + windows))
                            .isEqualTo((long) SERIES * (ROUNDS + 1));
                });
        assertThat(number(sql, "SELECT cast(sum(increase) AS long)" + windows)).isEqualTo((long) SERIES * ROUNDS);
        assertThat(ledger.at("/signals")).anySatisfy(signal -> {
            assertThat(signal.get("signal").asString()).isEqualTo("metrics");
            assertThat(signal.get("accepted").asLong()).isGreaterThanOrEqualTo((long) SERIES * ROUNDS);
            assertThat(signal.get("unexplained").asLong()).isZero();
        });
    }

    private static void send(Service service, LongCounter sales, SteppingClock clock, int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (int shop = 0; shop < SERIES; shop++) {
                sales.add(1, Attributes.of(SHOP, "shop-" + shop));
            }
            clock.step(STEP);
            service.flushMetrics();
        }
    }

    private static long number(Sql sql, String query) {
        return sql.query(query).getFirst().get(0).asLong();
    }
}
