package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.tributary.it.grafana.Dashboard;
import io.tributary.it.system.Http;
import io.tributary.it.system.Prometheus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The core of docker-compose.yml: all three signals arrive, also when containers are cut off and stopped. */
@DockerTest
class ComposeScenarioIT {
    private static final List<String> SERVICES =
            List.of("ingest-gateway", "log-indexer", "metrics-aggregator", "trace-assembler", "alert-router");
    private static final Duration CUT = Duration.ofMinutes(1);

    private static Compose compose;
    private static Prometheus metrics;

    @BeforeAll
    static void up() {
        Docker.provideAll();
        compose = new Compose(Compose.newest());
        metrics = new Prometheus(compose, "VICTORIA_METRICS");
        compose.up();
    }

    @AfterAll
    static void down() {
        if (compose != null) {
            compose.close();
        }
    }

    @Test
    void nothingIsLostAlthoughOneContainerIsCutOffAndAnotherIsStopped() {
        JsonNode ledger;
        try (Till till = new Till(compose)) {
            till.sell();
            await().atMost(Duration.ofSeconds(90)).untilAsserted(till::assertArrived);

            compose.cutOff("log-indexer");
            JsonNode stopped = compose.stop("trace-assembler");
            assertThat(stopped.at("/State/ExitCode").asInt())
                    .as("ended by itself, on SIGTERM and in time: %s", stopped.at("/State"))
                    .isEqualTo(128 + 15);
            long before = till.logs();
            await().during(CUT)
                    .atMost(CUT.plusSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        till.sell();
                        return till.logs() == before;
                    });
            compose.start("trace-assembler");
            compose.rejoin("log-indexer");
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(till::assertArrived);
            ledger = compose.balancedLedger();
            till.assertArrived();
            till.assertEachOnce();
        }
        assertThat(ledger.at("/signals")
                        .valueStream()
                        .map(signal -> signal.get("signal").asString()))
                .contains("logs", "metrics", "traces");
        assertThat(compose.containers().values())
                .allSatisfy(container ->
                        assertThat(container.get("RestartCount").asInt()).isZero());
    }

    @Test
    void servicesRunWithoutRightsAndTakeTheirHeapFromTheLimit() {
        Map<String, JsonNode> containers = compose.containers();
        for (String service : SERVICES) {
            JsonNode container = containers.get(service);
            assertThat(container.at("/Config/User").asString()).as(service).isEqualTo("10001:10001");
            assertThat(container.at("/HostConfig/ReadonlyRootfs").asBoolean())
                    .as(service)
                    .isTrue();
            assertThat(container.at("/HostConfig/CapDrop/0").asString())
                    .as(service)
                    .isEqualTo("ALL");
            JsonNode labels = container.at("/Config/Labels");
            assertThat(labels.get("org.opencontainers.image.title").asString()).isEqualTo("Tributary " + service);
            assertThat(labels.get("org.opencontainers.image.licenses").asString())
                    .isEqualTo("Apache-2.0");
            assertThat(labels.get("org.opencontainers.image.revision").asString())
                    .matches("[0-9a-f]{40}|unknown");
            double limit = container.at("/HostConfig/Memory").asDouble();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    metrics.value("sum(jvm_memory_max_bytes{area=\"heap\",job=\"" + service + "\"})"))
                            .as("%s: the heap is a part of the limit", service)
                            .isBetween(limit / 3, limit / 2));
        }
    }

    @Test
    void theConnectorsOfTheRepositoryRun() {
        JsonNode connectors = Http.get(compose.at("CONNECT", "/connectors?expand=status"));
        assertThat(connectors.propertyNames()).containsExactlyInAnyOrder("elasticsearch", "victoria-metrics");
        assertThat(connectors.findValuesAsString("state")).hasSize(6).containsOnly("RUNNING");
    }

    @Test
    void theMetricsOfEveryServiceAreScraped() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(metrics.query("up == 1").stream()
                                .map(target -> target.at("/metric/job").asString()))
                        .containsAll(SERVICES));
    }

    @Test
    void everyQueryOfTheDashboardsIsAnswered() {
        for (Dashboard.Query query : Dashboard.queries()) {
            if (query.isPromql()) {
                assertThatNoException().as(query.panel()).isThrownBy(() -> metrics.query(query.promql()));
            }
        }
    }
}
