package io.tributary.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import io.tributary.servers.fixture.TestKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DlqCommandIT {
    private static final byte[] SECRET = "a secret payload".getBytes(StandardCharsets.UTF_8);

    private static TestKafka kafka;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeLetters() throws Exception {
        kafka = TestKafka.start();
        Topics topics = Topics.of(Topics.DEFAULT_PREFIX, new SchemaRegistry("mock://dlq"));
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
        }
        String logs = topics.logs().name();
        List<DeadLetter> letters = List.of(
                letter(Reason.NOT_AVRO, "first byte: 97", "log-indexer", logs, 3, 17),
                letter(Reason.MAPPING, "field [a]\nof another type", "log-indexer", logs, 1, 4),
                letter(Reason.NOT_AVRO, "first byte: 98", "log-indexer", logs, 0, 9),
                letter(
                        Reason.INVALID_KEY,
                        "trace id: 3 bytes",
                        "trace-assembler",
                        topics.spans().name(),
                        2,
                        5),
                letter(
                        Reason.TOO_LARGE,
                        "5000000 bytes",
                        "ingest-gateway",
                        topics.spans().name(),
                        -1,
                        -1));
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (DeadLetter letter : letters) {
                producer.send(letter.toRecord()).get();
            }
            producer.send(new ProducerRecord<>("tributary.metrics.dlq", null, SECRET))
                    .get();
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void withoutATopicLettersAreCountedByTopicAndReason() {
        assertThat(run()).isZero();

        assertThat(text(out).lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsExactly(
                        "TOPIC REASON LETTERS RETRIED",
                        "tributary.logs.dlq mapping 1 0",
                        "tributary.logs.dlq not_avro 2 0",
                        "tributary.metrics.dlq 1 0",
                        "tributary.spans.dlq invalid_key 1 0",
                        "tributary.spans.dlq too_large 1 0");
    }

    @Test
    void withATopicTheNewestLettersAreListedAndNoPayload() {
        assertThat(run("logs", "--limit", "2")).isZero();

        List<String> lines = text(out).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).contains("not_avro", "log-indexer", "tributary.logs-0@9", "first byte: 98", "16");
        assertThat(lines.get(2)).contains("mapping", "tributary.logs-1@4", "field [a] of another type");
        assertThat(text(out)).doesNotContain("secret");
    }

    @Test
    void aGatewaysLetterHasNoOffset() {
        assertThat(run("tributary.spans.dlq")).isZero();

        assertThat(text(out))
                .contains("tributary.spans-2@5")
                .contains("too_large")
                .doesNotContain("@-1");
    }

    @Test
    void jsonForMachines() {
        assertThat(run("tributary.logs", "--json")).isZero();

        JsonNode json = JsonMapper.shared().readTree(text(out));
        assertThat(json.get("topic").asString()).isEqualTo("tributary.logs.dlq");
        assertThat(json.get("letters").size()).isEqualTo(3);
        assertThat(json.get("letters").get(0).get("reason").asString()).isEqualTo("not_avro");
        assertThat(json.get("letters").get(0).get("offset").asLong()).isEqualTo(2);
    }

    @Test
    void aPayloadIsShownWhereItIsAskedFor() {
        assertThat(run("show", "logs", "1")).isZero();

        assertThat(text(out))
                .contains("mapping")
                .contains("key: none")
                .contains("value: 16 bytes")
                .contains("00000000  61 20 73 65 63 72 65 74 20 70 61 79 6c 6f 61 64  a secret payload");
    }

    @Test
    void anOffsetWithoutALetterIsAnError() {
        assertThat(run("show", "logs", "99")).isEqualTo(1);
        assertThat(text(err)).contains("tributary.logs.dlq has no letter at offset 99");
    }

    @Test
    void aTopicWithoutDeadLettersOfItsOwnIsAnError() {
        assertThat(run("log")).isEqualTo(1);
        assertThat(text(err))
                .contains("log has no dead-letter topic (expected: one of ")
                .contains("tributary.logs.dlq");
    }

    @Test
    void aPrefixThatNoTopicHasIsNamed() {
        assertThat(run("--topic-prefix", "acme.")).isEqualTo(3);
        assertThat(text(err)).contains("kafka: no topic acme.*.dlq at " + kafka.bootstrapServers());
    }

    @Test
    void aLimitBelowOneIsAMistake() {
        assertThat(run("logs", "--limit", "0")).isEqualTo(2);
        assertThat(text(err)).contains("--limit: 0 (expected: at least 1)");
    }

    @Test
    void aKafkaThatIsAwayIsNamed() {
        int port = Ports.free();

        assertThat(run(port)).isEqualTo(3);
        assertThat(text(err))
                .contains("kafka: no answer from 127.0.0.1:" + port)
                .contains("./tributary up");
    }

    private int run(String... words) {
        String address = kafka.bootstrapServers();
        return run(Integer.parseInt(address.substring(address.indexOf(':') + 1)), words);
    }

    private int run(int port, String... words) {
        Map<String, String> environment = Map.of("TRIBUTARY_KAFKA_PORT", Integer.toString(port));
        Console console = new Console(print(out), print(err), false);
        return DlqCommand.in(new Context(Home.of(folder, environment), environment, console))
                .execute(words);
    }

    private static DeadLetter letter(
            Reason reason, String message, String stage, String topic, int partition, long offset) {
        return new DeadLetter(
                null, SECRET, reason, message, stage, topic, partition, offset, 1_700_000_000_000L, List.of());
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
