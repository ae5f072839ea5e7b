package io.tributary.logindexer.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tributary.delivery.bulk.BulkObserver;
import io.tributary.delivery.bulk.BulkSettings;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.WaterMarks;
import io.tributary.delivery.retry.Backoff;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceConsumer;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestElasticsearch;
import io.tributary.servers.fixture.TestKafka;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What a defect of ours does: the work is done again until somebody mended it; all that is before it is committed, and
 * nothing past it.
 */
class ConsumptionIT {
    private static final String STRICT = """
            {"index_patterns": ["logs-defects-*"], "priority": 401, "data_stream": {},
             "template": {"mappings": {"properties": {"attributes": {"dynamic": "strict", "type": "object"}}}}}
            """;

    private final String kafka = TestKafka.shared().bootstrapServers();
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka));
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"), new ByteArraySerializer(), new ByteArraySerializer());
    private final ElasticsearchHttp elasticsearch = new ElasticsearchHttp(
            ElasticsearchSettings.of(TestElasticsearch.shared().url()));
    private final BulkWriter writer = new BulkWriter(
            elasticsearch,
            new IndexTemplates().index("tributary-logs", usual()).index("logs-defects", STRICT),
            BulkSettings.usual(),
            BulkObserver.NONE,
            Clock.systemUTC(),
            new Random(1));
    private final DeadLetterPublisher deadLetters = new DeadLetterPublisher(producer, new Random(1));
    /** Between what pauses chance had to choose: half of the longest, in milliseconds. */
    private final Queue<Long> pauses = new ConcurrentLinkedQueue<>();

    private Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(200), chance());
    private String name;
    private Topics topics;

    @BeforeEach
    void start(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        topics = Topics.of(name + '.', 2, new SchemaRegistry("mock://" + name));
        new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
        writer.start();
    }

    @AfterEach
    void close() {
        writer.close();
        elasticsearch.close();
        deadLetters.close();
        producer.close();
        admin.close();
    }

    @Test
    void aRecordThatCannotBeTakenIsTakenAgainUntilItCan() throws Exception {
        sendAround(null);
        isDoneAgainUntilMended();
    }

    @Test
    void aRecordThatCannotBeSettledIsTakenAgainUntilItCan() throws Exception {
        LogRecord refused = log(7);
        refused.setAttributes(Map.of("data_stream.dataset", "defects", "unknown", 1L));
        sendAround(topics.logs().encodeValue(refused));
        isDoneAgainUntilMended();
    }

    @Test
    void anErrorDoesNotEndTheThreadUnseen() throws Exception {
        sendAround(topics.logs().encodeValue(log(7)));
        AtomicInteger members = new AtomicInteger();
        Consumption consumption = consumption(
                deadLetters,
                passed -> {
                    if (members.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("scripted");
                    }
                    return consumer(passed);
                },
                () -> {});
        consumption.start();
        await().until(() -> consumption.failure().isPresent());
        awaitCommitted(11);
        assertThat(consumption.replaced()).isEqualTo(1);
        await().until(() -> consumption.failure().isEmpty());
        consumption.stop();
    }

    @Test
    void pausesGrowUntilAMemberGetsOn() throws Exception {
        AtomicInteger members = new AtomicInteger();
        AtomicBoolean defect = new AtomicBoolean();
        Consumption consumption = consumption(
                deadLetters,
                passed -> {
                    if (members.incrementAndGet() <= 3) {
                        throw new IllegalStateException("scripted");
                    }
                    return consumer(passed);
                },
                () -> {
                    if (defect.getAndSet(false)) {
                        throw new IllegalStateException("scripted");
                    }
                });
        consumption.start();
        await().until(() -> consumption.replaced() == 3 && consumption.failure().isEmpty());
        assertThat(pauses).containsExactly(50L, 100L, 100L);

        defect.set(true);
        sendAround(topics.logs().encodeValue(log(7)));
        awaitCommitted(11);
        await().until(() -> consumption.replaced() == 4 && consumption.failure().isEmpty());
        assertThat(pauses).containsExactly(50L, 100L, 100L, 50L);
        consumption.stop();
    }

    @Test
    void stoppingEndsAPause() {
        backoff = new Backoff(Duration.ofHours(1), Duration.ofHours(1), chance());
        Consumption consumption = consumption(
                deadLetters,
                passed -> {
                    throw new IllegalStateException("scripted");
                },
                () -> {});
        consumption.start();
        await().until(() -> !pauses.isEmpty());
        assertTimeout(Duration.ofSeconds(5), consumption::stop);
    }

    /** The defect is that dead letters cannot be published. */
    private void isDoneAgainUntilMended() throws Exception {
        DeadLetterPublisher broken = new DeadLetterPublisher(producer, new Random(1));
        broken.close();
        AtomicReference<Consumption> itself = new AtomicReference<>();
        AtomicBoolean seemedWell = new AtomicBoolean();
        Consumption defective = consumption(broken, this::consumer, () -> {
            Consumption now = itself.get();
            if (now.replaced() > 0 && now.failure().isEmpty()) {
                seemedWell.set(true);
            }
        });
        itself.set(defective);
        defective.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> defective.replaced() >= 3);
        defective.stop();
        assertThat(committed()).as("all before it, and nothing past it").isEqualTo(5);
        assertThat(seemedWell)
                .as("whether it told of no failure while what follows was settled again")
                .isFalse();

        Consumption mended = consumption(deadLetters, this::consumer, () -> {});
        mended.start();
        awaitCommitted(11);
        assertThat(mended.replaced()).isZero();
        mended.stop();
    }

    private Consumption consumption(
            DeadLetterPublisher letters,
            Function<PassedOffsets, Consumer<byte[], byte[]>> consumers,
            Runnable whenSettled) {
        OutcomeObserver observer = new OutcomeObserver() {
            @Override
            public void settled(Outcome outcome) {
                whenSettled.run();
            }

            @Override
            public void diverted() {}
        };
        return new Consumption(
                consumers,
                new RecordIndexing(topics.logs(), writer, letters, observer),
                new LedgerPublisher(producer, topics.ledger()),
                new ConsumptionSettings(
                        topics.logs().name(),
                        "",
                        WaterMarks.of(24 << 20),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5)),
                backoff,
                Clock.systemUTC());
    }

    private RandomGenerator chance() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                pauses.add(bound);
                return 0;
            }
        };
    }

    private Consumer<byte[], byte[]> consumer(PassedOffsets passed) {
        return new SourceConsumer(
                Map.of("bootstrap.servers", kafka, "group.id", name, "enable.auto.commit", false),
                new SourceLag(),
                passed);
    }

    /** Sends this value between five good ones and five more to one partition; the other has nothing to read. */
    private void sendAround(byte[] value) throws Exception {
        for (int number = 0; number < 11; number++) {
            byte[] sent = number == 5 ? value : topics.logs().encodeValue(log(number));
            producer.send(new ProducerRecord<>(topics.logs().name(), 0, null, sent))
                    .get();
        }
    }

    private static String usual() {
        try (InputStream template = ConsumptionIT.class.getResourceAsStream("/elasticsearch/logs-template.json")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LogRecord log(int number) {
        LogRecord record = SampleData.log(number);
        record.setTenant("consumption");
        return record;
    }

    private void awaitCommitted(long offset) {
        await().atMost(Duration.ofSeconds(60)).until(() -> committed() == offset);
    }

    private long committed() throws Exception {
        OffsetAndMetadata committed = admin.listConsumerGroupOffsets(name)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(new TopicPartition(topics.logs().name(), 0));
        return committed == null ? 0 : committed.offset();
    }
}
