package io.tributary.connect.influx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.connect.sink.Decoded;
import io.tributary.connect.sink.Fate;
import io.tributary.connect.sink.Mapped;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestQuestDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two tasks of the line-protocol sink, and a real QuestDB. */
class QuestDbStoreIT {
    /** QuestDB applies what it was told some time later, so that not every table shows the same. */
    private static final int TABLES = 20;

    private final String url = TestQuestDb.shared().url();
    private final HttpClient client = HttpClient.newHttpClient();
    private final InfluxStore one = store();
    private final InfluxStore other = store();

    private InfluxStore store() {
        return new InfluxStore(new InfluxSettings(Map.of(
                "name", "questdb",
                "bootstrap.servers", "unused:1",
                "schema.registry.url", "mock://questdb",
                "store.url", url,
                "store.type", "questdb")));
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        client.close();
    }

    @Test
    void labelsThatComeLaterKeepSeriesApart() {
        demandSeriesApart("through_one_", one);
    }

    @Test
    void labelsThatComeLaterThroughTwoTasksKeepSeriesApart() {
        demandSeriesApart("through_two_", other);
    }

    private void demandSeriesApart(String prefix, InfluxStore second) {
        List<String> metrics =
                IntStream.range(0, TABLES).mapToObj(number -> prefix + number).toList();
        for (String metric : metrics) {
            write(one, point(metric, 0, Map.of("a", "1")));
            write(second, point(metric, 0, Map.of("a", "2")));
            write(one, points(metric, 1, "b"));
            write(second, points(metric, 1, "c"));
            write(one, Stream.concat(points(metric, 2, "b"), points(metric, 2, "c")));
            write(second, Stream.concat(points(metric, 3, "d"), points(metric, 3, "b")));
        }
        for (String metric : metrics) {
            awaitRows(metric, 2 + 4 * 2 + 4);
        }
    }

    /** Of two series that differ by this label only. */
    private static Stream<MetricPoint> points(String metric, int second, String label) {
        return Stream.of("1", "2").map(value -> point(metric, second, Map.of("a", "1", label, value)));
    }

    @Test
    void aPointThatComesAgainThroughTheOtherTaskReplacesItself() {
        write(one, point("again", 0, Map.of("a", "1")), point("again", 0, Map.of("b", "1")));
        write(other, point("again", 0, Map.of("b", "1")), point("again", 0, Map.of("a", "1")));
        write(one, point("again", 1, Map.of("a", "1")));
        awaitApplied();
        awaitRows("again", 3);
    }

    @Test
    void aTableThatIsThereAlreadyGetsItsKeys() {
        run("CREATE TABLE present (timestamp TIMESTAMP_NS, a SYMBOL, value DOUBLE) TIMESTAMP(timestamp)"
                + " PARTITION BY DAY WAL DEDUP UPSERT KEYS(timestamp, a)");
        write(one, point("present", 0, Map.of("a", "1", "b", "1")), point("present", 0, Map.of("a", "1", "b", "2")));
        write(other, point("present", 0, Map.of("a", "1", "b", "1")), point("present", 0, Map.of("a", "1", "b", "2")));
        awaitApplied();
        awaitRows("present", 2);
    }

    private static MetricPoint point(String metric, int second, Map<String, String> labels) {
        return SampleData.gauge(metric, labels, second, 1.0);
    }

    private static void write(InfluxStore store, MetricPoint... points) {
        write(store, Stream.of(points));
    }

    private static void write(InfluxStore store, Stream<MetricPoint> points) {
        List<InfluxStore.Lines> batch = points.map(point -> store.map(new Decoded("default", point, 0)))
                .map(mapped -> ((Mapped.Write<InfluxStore.Lines>) mapped).payload())
                .toList();
        assertThat(store.write(batch).orElseThrow()).containsOnly(Fate.STORED);
    }

    private void awaitRows(String table, int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(run("SELECT count() FROM " + table)
                                .at("/dataset/0/0")
                                .asInt())
                        .as(table)
                        .isEqualTo(count));
    }

    private void awaitApplied() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> run("SELECT count() FROM wal_tables() WHERE writerTxn != sequencerTxn")
                                .at("/dataset/0/0")
                                .asInt(-1)
                        == 0);
    }

    private JsonNode run(String sql) {
        URI uri = URI.create(url + "/exec?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8));
        try {
            return new ObjectMapper()
                    .readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(sql, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
