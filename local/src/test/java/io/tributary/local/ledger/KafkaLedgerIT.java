package io.tributary.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.kafka.KafkaAccess;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.LedgerRange.Source;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import io.tributary.servers.fixture.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaLedgerIT {
    private static final String INDEXER = "log-indexer";
    private static final String SINK = "connect-traces";

    private final String bootstrapServers = TestKafka.shared().bootstrapServers();
    private final Topics topics = Topics.of(
            "it-" + UUID.randomUUID() + ".",
            2,
            new SchemaRegistry("mock://" + getClass().getName()));
    private final Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
    private final Admin admin = Admin.create(client);
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void createTopics() {
        new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    @Test
    void aKafkaWithoutALedgerProvesNothing() {
        Topics others = Topics.of("others.", new SchemaRegistry("mock://others"));
        try (KafkaLedger ledger = new KafkaLedger(KafkaAccess.open(bootstrapServers), others)) {
            assertThatThrownBy(ledger::balance)
                    .isInstanceOf(RetryableException.class)
                    .hasMessageStartingWith("kafka: no topic others.ledger at ");
        }
    }

    @Test
    void aStageThatTellsOfEveryRecordIsBalanced() throws Exception {
        produce(topics.logs(), 0, 30);
        produce(topics.logs(), 1, 12);
        LedgerRange first = range(INDEXER, topics.logs(), 0);
        read(first, 0, 20);
        publish(first.close());
        read(first, 20, 30);
        publish(first.close());
        LedgerRange second = range(INDEXER, topics.logs(), 1);
        read(second, 0, 10);
        publish(second.close());
        commit(INDEXER, topics.logs(), Map.of(0, 30L, 1, 10L));

        LedgerBalance balance = balance();

        assertThat(balance.differences()).isEmpty();
        StageBalance stage = stage(balance, INDEXER);
        assertThat(stage.stored()).isEqualTo(40);
        assertThat(stage.inFlight()).isEqualTo(2);
        assertThat(stage.inTopic()).isEqualTo(42);
        assertThat(stage(balance, "metrics-aggregator").inFlight()).isZero();
    }

    @Test
    void anEntryThatNeverCameIsMissed() throws Exception {
        produce(topics.logs(), 1, 12);
        LedgerRange range = range(INDEXER, topics.logs(), 1);
        read(range, 0, 5);
        publish(range.close());
        commit(INDEXER, topics.logs(), Map.of(1, 9L));

        assertThat(balance().differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.line())
                        .isEqualTo("log-indexer: " + topics.logs().name()
                                + " partition 1 offsets [5, 9): 4 records unexplained"
                                + " (passed by the stage, and no entry covers them)"));
    }

    @Test
    void theLedgerBeginsWhereNoEntryCanHaveExpired() throws Exception {
        produce(topics.logs(), 1, 12);
        LedgerRange range = range(INDEXER, topics.logs(), 1);
        range.read(2);
        LedgerEntry old = range.close();
        long beyondRetention = System.currentTimeMillis() - Duration.ofDays(8).toMillis();
        producer.send(new ProducerRecord<>(
                        topics.ledger().name(),
                        null,
                        beyondRetention,
                        topics.ledger().encodeKey(LedgerKey.of(old)),
                        topics.ledger().encodeValue(old)))
                .get();
        LedgerRange recent = new LedgerRange(
                new Source(INDEXER, "one", topics.logs().signal(), topics.logs().name(), 1), 6);
        read(recent, 6, 12);
        publish(recent.close());
        commit(INDEXER, topics.logs(), Map.of(1, 12L));

        assertThat(balance().differences()).isEmpty();
    }

    @Test
    void anEntryMayFollowItsCommit() throws Exception {
        produce(topics.logs(), 1, 5);
        LedgerRange range = range(INDEXER, topics.logs(), 1);
        read(range, 0, 5);
        commit(INDEXER, topics.logs(), Map.of(1, 5L));
        try (ScheduledExecutorService stage = Executors.newSingleThreadScheduledExecutor()) {
            var _ = stage.schedule(
                    () -> {
                        publish(range.close());
                        return null;
                    },
                    1,
                    TimeUnit.SECONDS);

            assertThat(balance().differences()).isEmpty();
        }
    }

    @Test
    void markersAndAbortedRecordsAreNeitherInFlightNorUnexplained() throws Exception {
        try (var transactional = transactional()) {
            inTransaction(transactional, 7, true);
            inTransaction(transactional, 3, false);
            inTransaction(transactional, 5, true);
            inTransaction(transactional, 2, false);
        }
        long committed = readAndPublish(topics.traces(), 0);
        commit(SINK, topics.traces(), Map.of(0, committed));

        LedgerBalance balance = balance();

        assertThat(balance.differences()).isEmpty();
        assertThat(stage(balance, SINK).stored()).isEqualTo(12);
        assertThat(stage(balance, SINK).inFlight()).isZero();
        assertThat(balance.inFlight()).isEmpty();
    }

    @Test
    void anEntryOfATransactionThatIsAboutToEndIsAwaited() throws Exception {
        produce(topics.logs(), 0, 4);
        LedgerRange range = range(INDEXER, topics.logs(), 0);
        read(range, 0, 4);
        LedgerEntry entry = range.close();
        try (var transactional = transactional()) {
            transactional.beginTransaction();
            transactional
                    .send(new ProducerRecord<>(
                            topics.ledger().name(),
                            topics.ledger().encodeKey(LedgerKey.of(entry)),
                            topics.ledger().encodeValue(entry)))
                    .get();
            commit(INDEXER, topics.logs(), Map.of(0, 4L));
            CompletableFuture<LedgerBalance> balance = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    balance.complete(balance());
                } catch (InterruptedException | RuntimeException e) {
                    balance.completeExceptionally(e);
                }
            });
            assertThat(balance)
                    .failsWithin(Duration.ofSeconds(2))
                    .withThrowableThat()
                    .isInstanceOf(TimeoutException.class);
            transactional.commitTransaction();

            assertThat(balance.get(1, TimeUnit.MINUTES).differences()).isEmpty();
        }
    }

    @Test
    void aSinkThatHasCommittedNothingIsSeenByItsAssignment() throws Exception {
        produce(topics.metrics(), 0, 4);
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", "connect-" + UUID.randomUUID());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topics.metrics().name()));
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
            }

            assertThat(stage(balance(), settings.get("group.id").toString()).inFlight())
                    .isEqualTo(4);
        }
    }

    @Test
    void anEntryThatIsNotAvroIsNamed() throws Exception {
        producer.send(new ProducerRecord<>(
                        topics.ledger().name(), bytes("a"), "no entry".getBytes(StandardCharsets.UTF_8)))
                .get();

        assertThat(balance().differences())
                .extracting(Difference::why)
                .containsExactly("entry cannot be read: not_avro");
    }

    @Test
    void aKafkaThatIsAwayIsNamed() {
        String nowhere = "127.0.0.1:" + Ports.free();
        try (KafkaLedger ledger = new KafkaLedger(KafkaAccess.open(nowhere), topics)) {
            assertThatThrownBy(ledger::balance)
                    .isInstanceOf(RetryableException.class)
                    .hasMessageStartingWith(
                            "kafka: no answer from " + nowhere + " (expected: a running system; ./tributary up");
        }
    }

    private LedgerBalance balance() throws InterruptedException {
        try (KafkaLedger ledger = new KafkaLedger(KafkaAccess.open(bootstrapServers), topics)) {
            return ledger.balance();
        }
    }

    private static StageBalance stage(LedgerBalance balance, String stage) {
        return balance.signals().stream()
                .flatMap(signal -> signal.stages().stream())
                .filter(one -> one.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    private static LedgerRange range(String stage, Topic<?, ?> topic, int partition) {
        return new LedgerRange(new Source(stage, "1", topic.signal(), topic.name(), partition), 0);
    }

    private static void read(LedgerRange range, long from, long to) {
        for (long offset = from; offset < to; offset++) {
            range.read(offset);
            range.count("default", Outcome.STORED);
        }
    }

    private void publish(LedgerEntry entry) throws Exception {
        producer.send(new ProducerRecord<>(
                        topics.ledger().name(),
                        topics.ledger().encodeKey(LedgerKey.of(entry)),
                        topics.ledger().encodeValue(entry)))
                .get();
    }

    private void produce(Topic<?, ?> topic, int partition, int records) throws Exception {
        for (int i = 0; i < records; i++) {
            producer.send(new ProducerRecord<>(topic.name(), partition, bytes("k" + i), bytes("v" + i)))
                    .get();
        }
    }

    private void commit(String group, Topic<?, ?> topic, Map<Integer, Long> offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        offsets.forEach((partition, offset) ->
                commits.put(new TopicPartition(topic.name(), partition), new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(group, commits).all().get();
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("transactional.id", "ledger-it-" + UUID.randomUUID());
        var transactional = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        transactional.initTransactions();
        return transactional;
    }

    private void inTransaction(KafkaProducer<byte[], byte[]> transactional, int records, boolean commit) {
        transactional.beginTransaction();
        for (int i = 0; i < records; i++) {
            var _ = transactional.send(new ProducerRecord<>(topics.traces().name(), 0, bytes("k"), bytes("v")));
        }
        transactional.flush();
        if (commit) {
            transactional.commitTransaction();
        } else {
            transactional.abortTransaction();
        }
    }

    /** Reads a partition to its end as a sink does, tells of it, and returns the offset after the last record. */
    private long readAndPublish(Topic<?, ?> topic, int partition) throws Exception {
        TopicPartition source = new TopicPartition(topic.name(), partition);
        LedgerRange range = range(SINK, topic, partition);
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            long end = consumer.endOffsets(List.of(source)).get(source);
            while (consumer.position(source) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    range.read(record.offset());
                    range.count("default", Outcome.STORED);
                });
            }
        }
        publish(range.close());
        return range.next();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
