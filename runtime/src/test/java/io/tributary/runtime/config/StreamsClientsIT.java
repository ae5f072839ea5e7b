package io.tributary.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tributary.runtime.source.PassedOffsets;
import io.tributary.runtime.source.SourceLag;
import io.tributary.servers.fixture.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a real Kafka, which knows none of the topics, or is away. */
class StreamsClientsIT {
    private static final String UNKNOWN = "no-such-topic";
    private static final String KNOWN = "known";

    private final TestKafka kafka = TestKafka.start();
    private final SourceLag lag = new SourceLag();
    private final PassedOffsets passed = new PassedOffsets();
    private final StreamsClients clients = new StreamsClients(lag, passed);
    private final Producer<byte[], byte[]> producer = clients.getProducer(Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "streams",
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            1_000));

    @AfterEach
    void close() {
        producer.close(Duration.ZERO);
        kafka.close();
    }

    @Test
    void aRecordThatIsNotTakenInTimeHasFailed() {
        begin();
        CompletableFuture<Exception> told = new CompletableFuture<>();
        assertThat(producer.send(
                        new ProducerRecord<>(UNKNOWN, new byte[1]), (metadata, failure) -> told.complete(failure)))
                .isDone();

        assertIsFinal(told.join());
    }

    @Test
    void partitionsThatAreNotKnownInTimeAreAFailure() {
        assertIsFinal(catchThrowable(() -> producer.partitionsFor(UNKNOWN)));
    }

    @Test
    void offsetsThatAreNotTakenInTimeHaveFailed() {
        begin();
        kafka.stop();

        assertIsFinal(catchThrowable(this::commitOffsets));
    }

    @Test
    void aTransactionThatDoesNotEndInTimeHasFailed() throws Exception {
        create(KNOWN);
        begin();
        producer.send(new ProducerRecord<>(KNOWN, new byte[1])).get();
        kafka.stop();

        assertIsFinal(catchThrowable(producer::commitTransaction));
    }

    @Test
    void whatIsNotYetFetchedIsNoted() throws Exception {
        create(KNOWN);
        TopicPartition source = new TopicPartition(KNOWN, 0);
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                1))) {
            begin();
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(KNOWN, new byte[1])).get();
            }
            producer.commitTransaction();
            assertThat(lag.isZero(source)).as("before it is assigned").isFalse();
            consumer.assign(List.of(source));
            consumer.seekToBeginning(List.of(source));
            for (int read = 0; read < 3; ) {
                assertThat(lag.isZero(source)).as("%d of 3 read", read).isFalse();
                read += consumer.poll(Duration.ofMillis(100)).count();
            }
            await().until(() -> consumer.poll(Duration.ofMillis(100)).isEmpty() && lag.isZero(source));

            producer.beginTransaction();
            producer.send(new ProducerRecord<>(KNOWN, new byte[1])).get();
            assertThat(consumer.poll(Duration.ofMillis(100)).isEmpty()).isTrue();
            assertThat(lag.isZero(source))
                    .as("what is not committed does not count")
                    .isTrue();
            producer.commitTransaction();
            consumer.seekToBeginning(List.of(source));
            await().until(() -> consumer.poll(Duration.ofMillis(100)).count() == 1);
            assertThat(lag.isZero(source)).as("to be read again").isFalse();
        }
    }

    @Test
    void whatExpiredBeforeItWasReadIsNoted() throws Exception {
        create(KNOWN);
        TopicPartition source = new TopicPartition(KNOWN, 0);
        begin();
        for (int i = 0; i < 6; i++) {
            producer.send(new ProducerRecord<>(KNOWN, new byte[1])).get();
        }
        producer.commitTransaction();
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "reader",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            consumer.assign(List.of(source));
            assertThat(consumer.position(source)).as("without a commit").isZero();
            await().until(() -> consumer.poll(Duration.ofMillis(100)).count() == 1);
            assertThat(passed.expired(source).to()).as("all was there").isZero();

            admin.deleteRecords(Map.of(source, RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
            consumer.seek(source, 0);
            await().until(() -> consumer.poll(Duration.ofMillis(100)).count() == 1);
            assertThat(consumer.position(source)).isEqualTo(5);
            assertThat(passed.expired(source)).isEqualTo(new PassedOffsets.Expired(0, 4));
        }
    }

    @Test
    void commitsOfKafkaStreamsAreKnownFromThoseByHand() throws Exception {
        create(KNOWN);
        TopicPartition source = new TopicPartition(KNOWN, 0);
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "resuming"))) {
            consumer.assign(List.of(source));
            consumer.committed(Set.of(source));
            assertThat(passed.isResumed(source)).as("nothing committed").isFalse();
            consumer.commitSync(Map.of(source, new OffsetAndMetadata(1, "time")));
            consumer.committed(Set.of(source));
            assertThat(passed.isResumed(source)).isTrue();
            consumer.commitSync(Map.of(source, new OffsetAndMetadata(2)));
            consumer.committed(Set.of(source));
            assertThat(passed.isResumed(source)).as("by hand").isFalse();
        }
    }

    private void create(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        await().ignoreExceptionsInstanceOf(KafkaException.class)
                .until(() -> !producer.partitionsFor(topic).isEmpty());
    }

    private void commitOffsets() {
        try (Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "group"))) {
            producer.sendOffsetsToTransaction(
                    Map.of(new TopicPartition(UNKNOWN, 0), new OffsetAndMetadata(1)), consumer.groupMetadata());
        }
    }

    private void begin() {
        // Kafka has only just started, and the producer is not a patient one.
        await().ignoreException(TimeoutException.class).until(() -> {
            producer.initTransactions();
            return true;
        });
        producer.beginTransaction();
    }

    private static void assertIsFinal(Throwable failure) {
        assertThat(failure)
                .isInstanceOf(KafkaException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageStartingWith("the thread ends")
                .hasCauseInstanceOf(TimeoutException.class);
    }
}
