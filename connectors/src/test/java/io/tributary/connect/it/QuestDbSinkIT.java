package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connect.influx.InfluxSinkConnector;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.servers.fixture.TestQuestDb;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The line-protocol sink with a real worker and a real QuestDB. */
class QuestDbSinkIT {
    private static final String CONNECTOR = InfluxSinkConnector.class.getName();
    private final String url = TestQuestDb.shared().url();

    @Test
    void everyPointIsARowAndAReplayAddsNone() {
        try (Workbench bench = new Workbench()) {
            MetricData data = new MetricData();
            int storable = data.produce(bench);
            data.produceBad(bench);
            MetricPoint longName = data.stale(0);
            longName.setName("x".repeat(130));
            longName.setValue(1.0);
            bench.produce(bench.topics.metrics(), MetricData.key(longName), longName);
            bench.produce(bench.topics.metrics(), MetricData.key(data.stale(0)), data.stale(0));
            bench.produce(bench.topics.metrics(), MetricData.key(data.stale(1)), data.stale(1));
            String topics =
                    bench.topics.metrics().name() + ',' + bench.topics.rollups().name();

            bench.create("questdb", CONNECTOR, topics, Map.of("store.url", url, "store.type", "questdb"));

            assertThat(bench.settled("questdb", bench.topics.metrics()))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("stored", (long) storable, "dead_lettered", 3L, "dropped:stale", 2L));
            assertThat(bench.settled("questdb", bench.topics.rollups())).isEqualTo(Map.of("stored", 4L));
            assertThat(bench.deadLetters(bench.topics.metrics()))
                    .extracting(DeadLetter::reason)
                    .containsExactlyInAnyOrder(Reason.NOT_AVRO, Reason.INVALID_KEY, Reason.INVALID_RECORD);
            awaitRows();

            // Another name is another group, which reads everything again.
            bench.create("questdb-again", CONNECTOR, topics, Map.of("store.url", url, "store.type", "questdb"));
            bench.settled("questdb-again", bench.topics.metrics());
            bench.settled("questdb-again", bench.topics.rollups());
            // A row of the replay's end says that QuestDB has applied the replay.
            awaitRows();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(rows("select count() from wal_tables() where writerTxn != sequencerTxn"))
                                    .isEqualTo("[[0]]"));
            awaitRows();
        }
    }

    @Test
    void whatExpiresBeforeItIsReadIsNotPassedOverInSilence() {
        try (Workbench bench = new Workbench()) {
            produce(bench, 0, 20);
            create(bench, "questdb-late");
            assertThat(bench.settled("questdb-late", bench.topics.metrics())).isEqualTo(Map.of("stored", 20L));
            await().until(() -> bench.committed("questdb-late", bench.topics.metrics()) == 20);
            bench.delete("questdb-late");
            bench.awaitNoReader("questdb-late");
            produce(bench, 20, 27);
            bench.awaitSent();
            bench.expire(bench.topics.metrics());
            produce(bench, 27, 32);
            create(bench, "questdb-late");

            assertThat(bench.settled("questdb-late", bench.topics.metrics()))
                    .isEqualTo(Map.of("stored", 25L, "expired", 7L));
        }
    }

    @Test
    void aCommitThatKafkaRefusedIsRepeatedThoughNoRecordFollows() {
        try (Workbench bench = new Workbench()) {
            produce(bench, 0, 20);
            create(bench, "questdb-refused");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bench.committed("questdb-refused", bench.topics.metrics()) == 20);
            bench.refuseCommits();
            try {
                produce(bench, 20, 27);
                bench.awaitSent();
                assertThat(bench.settled("questdb-refused", bench.topics.metrics()))
                        .isEqualTo(Map.of("stored", 27L));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> Workbench.log()
                                .lines()
                                .anyMatch(line ->
                                        line.contains("questdb-refused") && line.contains("Commit of offsets threw")));
                assertThat(bench.committed("questdb-refused", bench.topics.metrics()))
                        .isEqualTo(20);
            } finally {
                bench.takeCommits();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> bench.committed("questdb-refused", bench.topics.metrics()) == 27);
            assertThat(bench.settled("questdb-refused", bench.topics.metrics())).isEqualTo(Map.of("stored", 27L));
        }
    }

    @Test
    void aLogWhoseEndIsLostIsReadOnWhereItWasCut() {
        try (Workbench bench = new Workbench()) {
            produce(bench, 0, 20);
            create(bench, "questdb-cut");
            assertThat(bench.settled("questdb-cut", bench.topics.metrics())).isEqualTo(Map.of("stored", 20L));
            await().until(() -> bench.committed("questdb-cut", bench.topics.metrics()) == 20);
            produce(bench, 20, 30);
            bench.awaitSent();
            assertThat(bench.settled("questdb-cut", bench.topics.metrics())).isEqualTo(Map.of("stored", 30L));

            bench.cut(bench.topics.metrics(), 20);
            produce(bench, 30, 35);
            bench.awaitSent();
            assertThat(bench.settled("questdb-cut", bench.topics.metrics())).isEqualTo(Map.of("stored", 25L));
        }
    }

    private static void produce(Workbench bench, int from, int to) {
        MetricData data = new MetricData();
        for (int number = from; number < to; number++) {
            MetricPoint point = data.gauge(0, number);
            point.setName("water_level");
            bench.produce(bench.topics.metrics(), MetricData.key(point), point);
        }
    }

    private void create(Workbench bench, String name) {
        bench.create(name, CONNECTOR, bench.topics.metrics().name(), Map.of("store.url", url, "store.type", "questdb"));
    }

    private void awaitRows() {
        int series = MetricData.SERIES + 1;
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(rows("select count() from room_temperature"))
                    .isEqualTo("[[" + series * MetricData.POINTS + "]]");
            assertThat(rows("select tenant, count() from room_temperature where room = 'r1' order by tenant"))
                    .isEqualTo("[[null,20],[\"acme\",20]]");
            assertThat(rows("select distinct floor from room_temperature")).isEqualTo("[[\"a b,c=d\\\\e \\\"f\\\"\"]]");
            assertThat(rows("select le, value from latency_seconds_bucket order by value, le"))
                    .isEqualTo(
                            "[[\"0.1\",1.0],[\"0.1\",1.0],[\"0.5\",3.0],[\"0.5\",3.0],[\"1\",6.0],[\"1\",6.0],[\"+Inf\",10.0],[\"+Inf\",11.0]]");
            assertThat(rows("select sum(value) from latency_seconds_count")).isEqualTo("[[21.0]]");
            assertThat(rows("select quantile, max(value) from gc_pause_seconds order by quantile"))
                    .isEqualTo("[[\"0.5\",0.2],[\"0.99\",1.9]]");
            assertThat(rows("select min, max, sum, count, last from room_temperature_rollup_1m"))
                    .isEqualTo("[[1.0,4.0,10.0,4.0,3.0],[1.0,4.0,10.0,4.0,3.0]]");
            assertThat(rows("select increase, resets from requests_total_rollup_1m order by increase"))
                    .isEqualTo("[[7.0,1.0],[8.0,1.0]]");
        });
    }

    private String rows(String sql) {
        JsonNode answer = Workbench.get(url + "/exec?query=" + Workbench.query(sql));
        return answer.has("dataset") ? answer.get("dataset").toString() : answer.toString();
    }
}
