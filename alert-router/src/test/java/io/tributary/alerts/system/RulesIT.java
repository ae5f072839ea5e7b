package io.tributary.alerts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.contract.RecordReader;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules in the service as a process, on real Kafka: reloaded, shown, killed and replayed. */
class RulesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path home;

    private final TestKafka kafka = TestKafka.start();
    private final TestRegistry registry = TestRegistry.shared();
    private final Topics topics = Topics.of("rules.", 2, new SchemaRegistry(registry.url()));
    private KafkaProducer<byte[], byte[]> producer;
    private RunningRouter router;

    @BeforeEach
    void prepare() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        router = new RunningRouter(
                home,
                kafka.bootstrapServers(),
                registry.url(),
                Map.of(
                        "TRIBUTARY_KAFKA_TOPICPREFIX",
                        "rules.",
                        "TRIBUTARY_ALERTS_RULEFILES",
                        home + "/*.rules",
                        "TRIBUTARY_ALERTS_RELOADINTERVAL",
                        "1s",
                        "TRIBUTARY_ALERTS_EVALUATIONDELAY",
                        "1s"));
    }

    @AfterEach
    void stop() {
        router.close();
        producer.close();
        kafka.close();
    }

    @Test
    void rulesAreReloadedShownAndOutliveAKill() throws Exception {
        rules("{alert: High, expr: load > 5, for: 3s, annotations: {summary: 'load {{ $value }}'}}");
        router.start();
        gauge("load", "a", System.currentTimeMillis(), 9);
        await().atMost(PATIENCE).until(() -> "pending".equals(alertState()));
        router.kill();
        router.start();
        // The time that it was pending before the kill counts.
        await().atMost(PATIENCE).until(() -> "firing".equals(alertState()));
        String activeAt = alert().get("activeAt").asString();
        JsonNode alert = alert();
        assertThat(alert.get("labels").get("host").asString()).isEqualTo("a");
        assertThat(alert.get("annotations").get("summary").asString()).isEqualTo("load 9");
        assertThat(alert.get("value").asString()).isEqualTo("9e+00");

        rules("{alert: High, expr: 'load >'}");
        assertThat(router.post("/-/reload", "").statusCode()).isEqualTo(500);
        assertThat(router.post("/-/reload", "").body()).contains("one.rules").contains("group \"shop\"");
        assertThat(router.metrics()).contains("tributary_alerts_config_last_reload_successful 0.0");
        assertThat(alertState()).isEqualTo("firing");

        rules(
                "{record: 'host:load:twice', expr: 2 * load}",
                "{alert: High, expr: load > 5, for: 3s, annotations: {summary: 'load {{ $value }}'}}");
        assertThat(router.post("/-/reload", "").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .until(() -> recorded("host:load:twice").values().stream().anyMatch(value -> value.equals(18.0)));
        assertThat(router.metrics()).contains("tributary_alerts_config_last_reload_successful 1.0");
        assertThat(alert().get("activeAt").asString())
                .as("unchanged rules go on")
                .isEqualTo(activeAt);

        rules("{record: 'host:load:thrice', expr: 3 * load}");
        await().atMost(PATIENCE).until(() -> !recorded("host:load:thrice").isEmpty());
        assertThat(router.get("/api/v1/alerts").body()).contains("\"alerts\":[]");

        rules("{record: 'host:load:fourfold', expr: 4 * load}");
        router.hangUp();
        await().atMost(PATIENCE).until(() -> router.get("/api/v1/rules").body().contains("fourfold"));
        JsonNode rule = JsonMapper.shared()
                .readTree(router.get("/api/v1/rules?type=record").body())
                .at("/data/groups/0/rules/0");
        assertThat(rule.get("query").asString()).isEqualTo("4 * load");
        assertThat(rule.get("type").asString()).isEqualTo("recording");
    }

    @Test
    void aReplayOfTheTopicGivesTheSameAtTheSameTimes() throws Exception {
        rules(
                "{record: 'load:sum', expr: sum(load)}",
                "{alert: High, expr: load > 15, for: 5s}",
                "{alert: Total, expr: 'load:sum > 40', keep_firing_for: 4s}");
        // The samples are there before the service is: for a service that has seen the present they would be late.
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            new TopicCreation(admin, Optional.empty()).create(List.of(topics.metrics()));
        }
        long begin = System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1);
        for (int i = 0; i < 120; i++) {
            for (int host = 0; host < 6; host++) {
                gauge("load", "h" + host, begin + 1000L * i + host, Math.abs((i * (host + 1)) % 40 - 20));
            }
        }
        long end = begin + 110_000;
        router.start();
        Map<String, Set<Object>> first = settled(end);
        router.close();
        forgetState();
        router.start();
        awaitRecordedUntil(end);
        Map<String, Set<Object>> both = settled(end);
        assertThat(both.keySet()).isEqualTo(first.keySet());
        assertThat(both.entrySet())
                .as("recorded with more than one value")
                .filteredOn(entry -> entry.getValue().size() > 1)
                .isEmpty();
        assertThat(first.keySet())
                .anyMatch(key -> key.startsWith("ALERTS {alertname=High, alertstate=firing"))
                .anyMatch(key -> key.startsWith("ALERTS {alertname=Total, alertstate=firing"));
    }

    /** All that was recorded up to the time, by series and time: with several runs one value of each. */
    private Map<String, Set<Object>> settled(long end) {
        awaitRecordedUntil(end);
        Map<String, Set<Object>> all = new TreeMap<>();
        for (MetricPoint point : points()) {
            long time = TimeUnit.NANOSECONDS.toMillis(point.getTimeUnixNano());
            if (!point.getName().equals("load") && time <= end) {
                Object value = point.getValue() == null ? "stale" : point.getValue();
                all.computeIfAbsent(
                                point.getName() + ' ' + new TreeMap<>(point.getLabels()) + ' ' + time,
                                unseen -> new HashSet<>())
                        .add(value);
            }
        }
        return all;
    }

    private void awaitRecordedUntil(long end) {
        await().atMost(PATIENCE)
                .until(() -> router.get("/api/v1/rules").body().contains("\"health\":\"ok\"")
                        && recorded("load:sum").keySet().stream().anyMatch(time -> time > end)
                        && lastEvaluation() > end);
    }

    private long lastEvaluation() {
        String time = JsonMapper.shared()
                .readTree(router.get("/api/v1/rules").body())
                .at("/data/groups/0/lastEvaluation")
                .asString();
        return Instant.parse(time).toEpochMilli();
    }

    /** As an operator who wants everything to be done again. */
    private void forgetState() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> admin.deleteConsumerGroups(List.of("alert-router"))
                            .all()
                            .get(10, TimeUnit.SECONDS));
            List<String> own = admin.listTopics().names().get(10, TimeUnit.SECONDS).stream()
                    .filter(name -> name.startsWith("alert-router-") || name.endsWith(".selected"))
                    .toList();
            admin.deleteTopics(own).all().get(10, TimeUnit.SECONDS);
        }
    }

    private Map<Long, Object> recorded(String name) {
        Map<Long, Object> values = new TreeMap<>();
        for (MetricPoint point : points()) {
            if (point.getName().equals(name) && point.getValue() != null) {
                values.put(TimeUnit.NANOSECONDS.toMillis(point.getTimeUnixNano()), point.getValue());
            }
        }
        return values;
    }

    private List<MetricPoint> points() {
        List<MetricPoint> points = new ArrayList<>();
        RecordReader.readAll(kafka.bootstrapServers(), topics.metrics().name())
                .forEach(record -> points.add(topics.metrics().decodeValue(record.value())));
        return points;
    }

    private String alertState() {
        JsonNode alert = alert();
        return alert == null ? "" : alert.get("state").asString();
    }

    private JsonNode alert() {
        return JsonMapper.shared()
                .readTree(router.get("/api/v1/alerts").body())
                .at("/data/alerts")
                .get(0);
    }

    private void rules(String... texts) throws IOException {
        StringBuilder file = new StringBuilder("groups:\n  - name: shop\n    interval: 1s\n    rules:\n");
        for (String text : texts) {
            file.append("      - ").append(text).append('\n');
        }
        Files.writeString(home.resolve("one.rules"), file);
    }

    private void gauge(String name, String host, long time, double value) {
        MetricPoint point = MetricPoint.newBuilder()
                .setName(name)
                .setLabels(Map.of("host", host))
                .setKind(MetricKind.GAUGE)
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(time))
                .setValue(value)
                .build();
        byte[] key = topics.metrics().encodeKey(SeriesId.of("default", name, point.getLabels()));
        var _ = producer.send(new ProducerRecord<>(
                topics.metrics().name(), key, topics.metrics().encodeValue(point)));
        producer.flush();
    }
}
