package io.tributary.alerts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.contract.RecordReader;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process on real Kafka with a real registry, telling a real receiver. */
class AlertRouterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Longer than any timer of the configuration: what was going to be repeated was repeated by then. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    @TempDir
    private Path home;

    private final TestKafka kafka = TestKafka.start();
    private final TestRegistry registry = TestRegistry.shared();
    private final WebhookServer receiver = new WebhookServer();
    private final Topics topics = Topics.of("it.", 2, new SchemaRegistry(registry.url()));
    private KafkaProducer<byte[], byte[]> producer;
    private RunningRouter router;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(home.resolve("rules.yml"), """
                groups:
                  - name: shop
                    interval: 1s
                    rules:
                      - alert: QueueFull
                        expr: queue_length{queue=~"or.*"} > 100
                        for: 2s
                        labels: {severity: page}
                        annotations: {summary: "{{ $labels.queue }} holds {{ $value }}"}
                      - alert: Down
                        expr: up == 0
                """);
        tells("hook", receiver);
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
                        "it.",
                        "TRIBUTARY_ALERTS_RULEFILES",
                        home.resolve("rules.yml").toString(),
                        "TRIBUTARY_ALERTS_CONFIGFILE",
                        home.resolve("alertmanager.yml").toString(),
                        "TRIBUTARY_ALERTS_EVALUATIONDELAY",
                        "1s"));
        router.start();
    }

    @AfterEach
    void stop() {
        router.close();
        producer.close();
        receiver.close();
        kafka.close();
    }

    @Test
    void aRuleFiresAndResolvesAndTellsEachOnceAlthoughTheServiceIsKilled() {
        gauge("queue_length", "orders", 150);
        gauge("queue_length", "returns", 150);
        gauge("up", "orders", 0);
        await().atMost(PATIENCE)
                .until(() -> receiver.delivered().containsAll(List.of("firing QueueFull", "firing Down")));
        awaitLog(2);
        router.kill();
        gauge("queue_length", "orders", 50);
        router.start();
        await().atMost(PATIENCE).until(() -> receiver.delivered().contains("resolved QueueFull"));
        awaitLog(3);
        router.kill();
        router.start();
        staysQuiet();
        assertThat(receiver.delivered())
                .containsExactlyInAnyOrder("firing QueueFull", "firing Down", "resolved QueueFull");
        WebhookServer.Call first = receiver.calls().stream()
                .filter(call -> call.summary().equals("firing QueueFull"))
                .findFirst()
                .orElseThrow();
        assertThat(first.body().get("commonLabels").get("severity").asString()).isEqualTo("page");
        assertThat(first.body().get("commonAnnotations").get("summary").asString())
                .isEqualTo("orders holds 150");
        assertThat(first.body().get("groupKey").asString()).isEqualTo("{}:{alertname=\"QueueFull\"}");
    }

    @Test
    void aMessageOutlivesAReceiverThatIsDownAndAServiceThatIsKilled() {
        receiver.answerNext(500, 503, 429, 500);
        gauge("up", "orders", 0);
        await().atMost(PATIENCE).until(() -> !receiver.calls().isEmpty());
        router.kill();
        router.start();
        await().atMost(PATIENCE).until(() -> receiver.delivered().contains("firing Down"));
        staysQuiet();
        assertThat(receiver.delivered()).containsExactly("firing Down");
        assertThat(receiver.calls())
                .extracting(WebhookServer.Call::idempotencyKey)
                .containsOnly(receiver.calls().getFirst().idempotencyKey());
    }

    @Test
    void aMessageOfAnotherFileIsToldToNobodyAndItsAlertByTheFileThatIsThereNow() throws IOException {
        receiver.answerNext(IntStream.range(0, 100).map(_ -> 503).toArray());
        gauge("up", "orders", 0);
        await().atMost(PATIENCE).until(() -> !receiver.calls().isEmpty());
        router.kill();
        Files.writeString(home.resolve("alertmanager.yml"), """
                route: {receiver: nobody}
                receivers: [{name: nobody}]
                """);
        router.start();
        await().atMost(PATIENCE).until(() -> router.log().contains("to hook is given up"));
        int calls = receiver.calls().size();
        router.kill();
        try (WebhookServer other = new WebhookServer()) {
            tells("other", other);
            router.start();
            await().atMost(PATIENCE).until(() -> other.delivered().contains("firing Down"));
            assertThat(other.calls())
                    .extracting(call -> call.body().get("receiver").asString())
                    .containsExactly("other");
            assertThat(receiver.calls()).hasSize(calls);
        }
    }

    @Test
    void postedAlertsAreGroupedShownAndTold() {
        assertThat(router.post("/api/v2/alerts", """
                        [{"labels": {"alertname": "Disk", "host": "a"}, "annotations": {"summary": "full"}},
                         {"labels": {"alertname": "Disk", "host": "b"}}]
                        """).statusCode()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> receiver.delivered().contains("firing Disk"));
        assertThat(receiver.calls().getFirst().body().get("alerts")).hasSize(2);
        assertThat(router.get("/api/v2/alerts?filter=host%3D~%22b%7Cc%2Cd%22").body())
                .as("host=~\"b|c,d\"")
                .contains("\"host\":\"b\"");
        assertThat(router.get("/api/v2/alerts?filter=host%3D%22b%22").body())
                .contains("\"host\":\"b\"")
                .doesNotContain("\"host\":\"a\"");

        String end = Instant.now().minusSeconds(1).toString();
        router.post("/api/v2/alerts", """
                [{"labels": {"alertname": "Disk", "host": "a"}, "startsAt": "2026-01-01T00:00:00Z", "endsAt": "%s"}]
                """.formatted(end));
        await().atMost(PATIENCE).until(() -> receiver.delivered().size() == 2);
        assertThat(receiver.calls().getLast().body().get("alerts"))
                .extracting(alert -> alert.get("status").asString())
                .containsExactly("resolved", "firing");

        assertThat(router.post("/api/v2/alerts", "[{\"labels\": {\"alertname\": \"\"}}]")
                        .statusCode())
                .isEqualTo(400);
        assertThat(router.get("/-/healthy").statusCode()).isEqualTo(200);
        assertThat(router.get("/-/ready").statusCode()).isEqualTo(200);
        assertThat(router.get("/api/v2/status").body()).contains("\"cluster\"").doesNotContain(receiver.url());
    }

    @Test
    void amtoolAddsAndShowsAlerts() throws Exception {
        Path amtool = Path.of("/usr/bin/amtool");
        assumeThat(amtool)
                .as("amtool of Debian's prometheus-alertmanager is not installed")
                .exists();
        String url = "--alertmanager.url=" + router.url();
        assertThat(run(amtool.toString(), url, "alert", "add", "alertname=Disk", "host=c"))
                .doesNotContain("error");
        await().atMost(PATIENCE).until(() -> receiver.delivered().contains("firing Disk"));
        assertThat(run(amtool.toString(), url, "alert", "query", "host=c")).contains("Disk");
    }

    private void tells(String name, WebhookServer server) throws IOException {
        Files.writeString(home.resolve("alertmanager.yml"), """
                route:
                  receiver: %s
                  group_by: [alertname]
                  group_wait: 5s
                  group_interval: 2s
                  repeat_interval: 1h
                receivers:
                  - name: %s
                    webhook_configs:
                      - url: %s
                """.formatted(name, name, server.url()));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** Between the receiver's answer and the log's acknowledgement a kill repeats the message under the same key. */
    private void awaitLog(int entries) {
        await().atMost(PATIENCE)
                .until(() -> RecordReader.readAll(
                                        kafka.bootstrapServers(),
                                        topics.notificationLog().name())
                                .size()
                        >= entries);
    }

    private void staysQuiet() {
        int before = receiver.calls().size();
        await().during(QUIET).atMost(PATIENCE).until(() -> receiver.calls().size() == before);
    }

    private void gauge(String name, String queue, double value) {
        Map<String, String> labels = Map.of("queue", queue, "job", "shop");
        MetricPoint point = MetricPoint.newBuilder()
                .setName(name)
                .setLabels(labels)
                .setKind(MetricKind.GAUGE)
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))
                .setValue(value)
                .build();
        byte[] key = topics.metrics().encodeKey(SeriesId.of("default", name, labels));
        var _ = producer.send(new ProducerRecord<>(
                topics.metrics().name(), key, topics.metrics().encodeValue(point)));
        producer.flush();
    }
}
