package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connect.influx.InfluxSinkConnector;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line-protocol sink with a real worker and InfluxDB 1.6. */
class InfluxDbSinkIT {
    private static final String CONNECTOR = InfluxSinkConnector.class.getName();

    @TempDir
    Path home;

    @Test
    void everyPointIsAPointAndWhatTheStoreRefusesIsADeadLetter() throws Exception {
        try (DebianServer influx = DebianServer.influxDb(home);
                Workbench bench = new Workbench()) {
            MetricData data = new MetricData();
            int storable = data.produce(bench);
            data.produceBad(bench);
            // The database keeps a day only: InfluxDB refuses the second point of these alone.
            List<MetricPoint> more = List.of(data.gauge(0, MetricData.POINTS), data.gauge(0, -200_000));
            more.forEach(point -> bench.produce(bench.topics.metrics(), MetricData.key(point), point));
            Map<String, String> config = Map.of(
                    "store.url",
                    influx.url(),
                    "store.database",
                    "water",
                    "store.gzip",
                    "true",
                    "batch.max.bytes",
                    "4096");

            // No database yet: the records wait for it.
            bench.create("influx", CONNECTOR, bench.topics.metrics().name(), config);
            Workbench.post(
                    influx.url() + "/query?q=" + Workbench.query("CREATE DATABASE water WITH DURATION 1d NAME short"),
                    "");

            assertThat(bench.settled("influx", bench.topics.metrics()))
                    .isEqualTo(Map.of("stored", storable + 1L, "dead_lettered", 3L));
            assertThat(bench.deadLetters(bench.topics.metrics()))
                    .extracting(DeadLetter::reason)
                    .containsExactlyInAnyOrder(Reason.NOT_AVRO, Reason.INVALID_KEY, Reason.STORE_REFUSED);
            demandPoints(influx.url());

            bench.create("influx-again", CONNECTOR, bench.topics.metrics().name(), config);
            bench.settled("influx-again", bench.topics.metrics());
            demandPoints(influx.url());
        }
    }

    private static void demandPoints(String url) {
        assertThat(values(url, "SELECT count(value) FROM room_temperature"))
                .isEqualTo("[[0," + ((MetricData.SERIES + 1) * MetricData.POINTS + 1) + "]]");
        assertThat(values(url, "SELECT count(value) FROM room_temperature WHERE tenant = 'acme'"))
                .isEqualTo("[[0," + MetricData.POINTS + "]]");
        assertThat(values(url, "SHOW TAG VALUES FROM room_temperature WITH KEY = floor"))
                .isEqualTo("[[\"floor\",\"a b,c=d\\\\e \\\"f\\\"\"]]");
        assertThat(values(url, "SELECT max(value) FROM latency_seconds_bucket WHERE le = '+Inf'"))
                .endsWith(",11]]");
    }

    private static String values(String url, String query) {
        JsonNode answer = Workbench.get(url + "/query?db=water&epoch=ns&q=" + Workbench.query(query));
        return answer.at("/results/0/series/0/values").toString();
    }

    @Test
    void recordsWaitForAStoreThatIsAway() throws Exception {
        try (Workbench bench = new Workbench()) {
            MetricData data = new MetricData();
            int storable = data.produce(bench);
            try (DebianServer first = DebianServer.influxDb(home)) {
                Workbench.post(first.url() + "/query?q=" + Workbench.query("CREATE DATABASE tributary"), "");
                bench.create("influx-away", CONNECTOR, bench.topics.metrics().name(), Map.of("store.url", first.url()));
                bench.settled("influx-away", bench.topics.metrics());
                first.kill();
                MetricPoint late = data.gauge(0, MetricData.POINTS);
                bench.produce(bench.topics.metrics(), MetricData.key(late), late);
                bench.awaitSent();
                assertThat(Workbench.status("influx-away").toString()).doesNotContain("FAILED");
                first.restart();
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(bench.settled("influx-away", bench.topics.metrics()))
                                .isEqualTo(Map.of("stored", storable + 1L)));
            }
        }
    }
}
