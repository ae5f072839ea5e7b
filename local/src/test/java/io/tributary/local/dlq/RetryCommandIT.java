package io.tributary.local.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters on a real Kafka go back to their topics. */
class RetryCommandIT {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String registry = TestRegistry.shared().url();
    private final Topics topics = Topics.of(Topics.DEFAULT_PREFIX, new SchemaRegistry(registry));
    private TestKafka kafka;
    private Map<String, Object> client;

    @BeforeEach
    void startKafka() {
        kafka = TestKafka.start();
        client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
        }
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void everyLetterGoesBackWithItsKeyAndBytesToItsPartition() throws Exception {
        write(letter("k1", "one", Reason.MAPPING, 3, 17), letter(null, "two", Reason.NOT_AVRO, 1, 4));

        assertThat(run("retry", "logs")).isZero();

        assertThat(line(1)).isEqualTo("tributary.logs.dlq 2 0 0");
        assertThat(read(topics.logs().name()))
                .extracting(record -> record.partition() + " " + text(record.key()) + " " + text(record.value()))
                .containsExactlyInAnyOrder("3 k1 one", "1 null two");
    }

    @Test
    void aLetterGoesBackWithItsOwnHeaders() throws Exception {
        DeadLetter bare = letter("k1", "one", Reason.MAPPING, 3, 17);
        byte[] id = EventId.of(1, 2, 3);
        write(new DeadLetter(
                bare.key(),
                bare.value(),
                bare.reason(),
                bare.message(),
                bare.stage(),
                bare.topic(),
                bare.partition(),
                bare.offset(),
                bare.timestampMillis(),
                List.of(new RecordHeader(EventId.HEADER, id))));

        assertThat(run("retry", "logs")).isZero();

        assertThat(read(topics.logs().name()))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.headers()).containsExactly(new RecordHeader(EventId.HEADER, id)));
    }

    @Test
    void secondRetryFindsNothingToDo() throws Exception {
        write(letter("k1", "one", Reason.MAPPING, 3, 17), letter("k2", "two", Reason.MAPPING, 3, 18));
        assertThat(run("retry", "logs", "--offset", "0")).isZero();
        assertThat(line(1)).isEqualTo("tributary.logs.dlq 1 0 0");
        assertThat(run("retry")).isZero();
        assertThat(line(1)).isEqualTo("tributary.logs.dlq 1 1 0");
        assertThat(run("retry", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(text(out)).at("/topics").valueStream())
                .filteredOn(topic -> topic.get("topic").asString().equals("tributary.logs.dlq"))
                .allSatisfy(topic -> {
                    assertThat(topic.get("retried").asInt()).isZero();
                    assertThat(topic.get("before").asInt()).isEqualTo(2);
                });
        assertThat(read(topics.logs().name())).hasSize(2);

        assertThat(run()).isZero();
        assertThat(line(1)).isEqualTo("tributary.logs.dlq mapping 2 2");
    }

    @Test
    void onlyThoseWithTheReasonGoBack() throws Exception {
        write(letter("k1", "one", Reason.MAPPING, 3, 17), letter("k2", "two", Reason.NOT_AVRO, 3, 18));
        assertThat(run("retry", "logs", "--reason", "mapping")).isZero();
        assertThat(read(topics.logs().name()))
                .extracting(record -> text(record.value()))
                .containsExactly("one");
        assertThat(run("logs")).isZero();
        assertThat(line(1)).contains("not_avro").contains(" no ");
        assertThat(line(2)).contains("mapping").contains(" yes ");
    }

    @Test
    void theLedgerTellsOfWhatWentBack() throws Exception {
        write(letter("k1", "one", Reason.MAPPING, 3, 17), letter("k2", "two", Reason.MAPPING, 3, 18));
        assertThat(run("retry")).isZero();
        assertThat(read(topics.ledger().name())).singleElement().satisfies(record -> {
            LedgerEntry entry = topics.ledger().decodeValue(record.value());
            assertThat(entry.getTopic()).isEqualTo(topics.logs().name());
            assertThat(entry.getSignal()).isEqualTo("logs");
            assertThat(entry.getCounts()).singleElement().satisfies(count -> {
                assertThat(count.getOutcome()).isEqualTo("retried");
                assertThat(count.getCount()).isEqualTo(2);
            });
        });
    }

    @Test
    void letterThatIsStillTooLargeStaysAndTheOthersGo() throws Exception {
        byte[] large = new byte[Topics.MAX_MESSAGE_BYTES + 1];
        new Random(1).nextBytes(large);
        write(
                letter("k1", "one", Reason.MAPPING, 3, 17),
                new DeadLetter(
                        null,
                        large,
                        Reason.TOO_LARGE,
                        "",
                        "ingest-gateway",
                        topics.logs().name(),
                        -1,
                        -1,
                        0,
                        List.of()));
        assertThat(run("retry", "logs")).isEqualTo(1);
        assertThat(line(1)).isEqualTo("tributary.logs.dlq 1 0 1");
        assertThat(text(err)).contains("tributary.logs.dlq offset 1: ");
        assertThat(read(topics.logs().name())).hasSize(1);
    }

    @Test
    void anOffsetWithoutALetterIsAnError() {
        assertThat(run("retry", "logs", "--offset", "5")).isEqualTo(1);
        assertThat(text(err)).contains("tributary.logs.dlq has no letter at offset 5");
        assertThat(run("retry", "--offset", "5")).isEqualTo(2);
    }

    private DeadLetter letter(String key, String value, Reason reason, int partition, long offset) {
        return new DeadLetter(
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                reason,
                "why",
                "log-indexer",
                topics.logs().name(),
                partition,
                offset,
                1_700_000_000_000L,
                List.of());
    }

    private void write(DeadLetter... letters) throws Exception {
        var config = new HashMap<>(client);
        config.put("max.request.size", Topics.MAX_DEAD_LETTER_BYTES);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (DeadLetter letter : letters) {
                producer.send(letter.toRecord()).get();
            }
        }
    }

    /** Every committed record of the topic. */
    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        var config = new HashMap<>(client);
        config.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        Map<String, String> environment = Map.of(
                "TRIBUTARY_KAFKA_PORT", Integer.toString(port("http://" + kafka.bootstrapServers())),
                "TRIBUTARY_REGISTRY_PORT", Integer.toString(port(registry)));
        Console console = new Console(new PrintStream(out, true), new PrintStream(err, true), false);
        return DlqCommand.in(new Context(Home.of(folder, environment), environment, console))
                .execute(words);
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private String line(int number) {
        return text(out).lines().toList().get(number).strip().replaceAll(" +", " ");
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }
}
