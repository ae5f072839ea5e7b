package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.trace.SpanKind;
import io.tributary.it.client.Service;
import io.tributary.it.grafana.Dashboard;
import io.tributary.it.system.Command;
import io.tributary.it.system.Http;
import io.tributary.it.system.Prometheus;
import io.tributary.it.system.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The core of docker-compose.yml: all three signals arrive, also when containers are cut off and stopped. */
@DockerTest
class ComposeScenarioIT {
    private static final List<String> SERVICES =
            List.of("ingest-gateway", "log-indexer", "metrics-aggregator", "trace-assembler", "alert-router");
    private static final String LOGS = "logs-generic-*";
    private static final String SPANS = "jaeger-span-*";
    private static final String SERVICE_NAME = "resource.attributes.service.name";
    private static final String SPAN_SERVICE = "process.serviceName";
    private static final Duration CUT = Duration.ofMinutes(1);

    private static Compose compose;
    private static Search search;
    private static Prometheus metrics;

    private int sent;

    @BeforeAll
    static void up() {
        Docker.provide();
        Docker.successful(Command.tributary(Map.of()).run("images"));
        compose = new Compose();
        search = new Search(compose);
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
        try (Service till = new Service(compose, "till")) {
            LongCounter sales =
                    till.sdk().getMeter("scenario").counterBuilder("sales").build();
            send(till, sales);
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertArrived());

            compose.cutOff("log-indexer");
            JsonNode stopped = compose.stop("trace-assembler");
            assertThat(stopped.at("/State/ExitCode").asInt())
                    .as("ended by itself, on SIGTERM and in time: %s", stopped.at("/State"))
                    .isEqualTo(128 + 15);
            long before = search.refreshed().count(LOGS, SERVICE_NAME, "till");
            await().during(CUT)
                    .atMost(CUT.plusSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        send(till, sales);
                        return search.refreshed().count(LOGS, SERVICE_NAME, "till") == before;
                    });
            compose.start("trace-assembler");
            compose.rejoin("log-indexer");
        }
        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertArrived());
        JsonNode ledger = compose.balancedLedger();

        assertArrived();
        assertThat(search.find(LOGS, SERVICE_NAME, "till").stream()
                        .map(log -> log.at("/attributes/number").asInt())
                        .collect(Collectors.toSet()))
                .isEqualTo(IntStream.range(0, sent).boxed().collect(Collectors.toSet()));
        assertThat(ledger.at("/signals")
                        .valueStream()
                        .map(signal -> signal.get("signal").asString()))
                .contains("logs", "metrics", "traces");
        assertThat(compose.containers().values())
                .allSatisfy(container ->
                        assertThat(container.get("RestartCount").asInt()).isZero());
    }

    /** A log record, a span, and one more in the sum of sales. */
    private void send(Service till, LongCounter sales) {
        till.sdk()
                .getLogsBridge()
                .get("scenario")
                .logRecordBuilder()
                .setTimestamp(Instant.now())
                .setSeverity(Severity.INFO)
                .setBody("sale " + sent)
                .setAttribute(AttributeKey.longKey("number"), (long) sent)
                .emit();
        till.sdk()
                .getTracer("scenario")
                .spanBuilder("POST /sale")
                .setSpanKind(SpanKind.SERVER)
                .startSpan()
                .end();
        sales.add(1, Attributes.of(AttributeKey.stringKey("shop"), "corner"));
        sent++;
        till.flush();
        till.flushMetrics();
    }

    private void assertArrived() {
        search.refreshed();
        assertThat(search.count(LOGS, SERVICE_NAME, "till")).isEqualTo(sent);
        assertThat(search.count(SPANS, SPAN_SERVICE, "till")).isEqualTo(sent);
        assertThat(metrics.value("max_over_time(sales_total{shop=\"corner\"}[15m])"))
                .isEqualTo(sent);
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
