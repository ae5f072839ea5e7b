package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connect.remotewrite.RemoteWriteSinkConnector;
import io.tributary.schemas.avro.MetricPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The remote-write sink with a real worker, VictoriaMetrics and Prometheus. */
class RemoteWriteSinkIT {
    private static final String CONNECTOR = RemoteWriteSinkConnector.class.getName();

    @TempDir
    Path home;

    @Test
    void victoriaMetricsHasEverySample() throws Exception {
        try (DebianServer store = DebianServer.victoriaMetrics(home);
                Workbench bench = new Workbench()) {
            MetricData data = new MetricData();
            int storable = data.produce(bench);
            data.produceBad(bench);
            String topics =
                    bench.topics.metrics().name() + ',' + bench.topics.rollups().name();

            bench.create("victoria", CONNECTOR, topics, Map.of("store.url", store.url() + "/api/v1/write"));

            assertThat(bench.settled("victoria", bench.topics.metrics()))
                    .isEqualTo(Map.of("stored", (long) storable, "dead_lettered", 2L));
            assertThat(bench.settled("victoria", bench.topics.rollups())).isEqualTo(Map.of("stored", 4L));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> demandSamples(store.url(), data));
        }
    }

    @Test
    void prometheusHasEverySampleAndAReplayIsDroppedAsOutOfOrder() throws Exception {
        try (DebianServer store = DebianServer.prometheus(home);
                Workbench bench = new Workbench()) {
            MetricData data = new MetricData();
            int storable = data.produce(bench);
            MetricPoint stale = data.stale(2);
            bench.produce(bench.topics.metrics(), MetricData.key(stale), stale);
            String topics =
                    bench.topics.metrics().name() + ',' + bench.topics.rollups().name();
            Map<String, String> config = Map.of("store.url", store.url() + "/api/v1/write", "batch.max.bytes", "2048");

            bench.create("prometheus", CONNECTOR, topics, config);

            assertThat(bench.settled("prometheus", bench.topics.metrics())).isEqualTo(Map.of("stored", storable + 1L));
            assertThat(bench.settled("prometheus", bench.topics.rollups())).isEqualTo(Map.of("stored", 4L));
            demandSamples(store.url(), data);
            assertThat(query(store.url(), "room_temperature{room=\"r2\"}", data.time(MetricData.POINTS + 1)))
                    .as("ended by the stale marker")
                    .isEmpty();
            assertThat(query(store.url(), "room_temperature{room=\"r0\"}", data.time(MetricData.POINTS + 1)))
                    .hasSize(1);

            bench.create("prometheus-again", CONNECTOR, topics, config);
            Map<String, Long> again = bench.settled("prometheus-again", bench.topics.metrics());
            assertThat(again.get("dropped:out_of_order")).isPositive();
            assertThat(again.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(storable + 1L);
            assertThat(bench.deadLetters(bench.topics.metrics())).isEmpty();
            demandSamples(store.url(), data);
        }
    }

    private static void demandSamples(String url, MetricData data) {
        long end = data.time(MetricData.POINTS - 1);
        assertThat(query(url, "count_over_time(room_temperature[10m])", end))
                .isEqualTo(Map.of("r0", "20", "r1", "20", "r1 acme", "20", "r2", "20"));
        assertThat(query(url, "max_over_time(room_temperature{room=\"r2\"}[10m])", end))
                .containsValue("3.9");
        assertThat(query(url, "latency_seconds_bucket{le=\"+Inf\"}", end)).containsValue("11");
        assertThat(query(url, "payload_bytes_bucket{le=\"2\"}", end)).containsValue("5");
        assertThat(query(url, "gc_pause_seconds{quantile=\"0.99\"}", end)).containsValue("1.9");
        assertThat(query(url, "gc_pause_seconds_count", end)).containsValue("6");
        assertThat(query(
                        url,
                        "requests_total_rollup_1m_increase",
                        data.counterRollup(1).getWindowStartUnixNano()))
                .containsValue("8");
    }

    /** Values by room and tenant, at this time. */
    private static Map<String, String> query(String url, String promql, long unixNano) {
        JsonNode answer = Workbench.get(url + "/api/v1/query?query=" + Workbench.query(promql) + "&time="
                + TimeUnit.NANOSECONDS.toSeconds(unixNano));
        Map<String, String> values = new TreeMap<>();
        for (JsonNode result : answer.at("/data/result")) {
            JsonNode labels = result.get("metric");
            String who =
                    (labels.path("room").asText() + ' ' + labels.path("tenant").asText()).strip();
            values.put(who, result.get("value").get(1).asText());
        }
        return values;
    }
}
