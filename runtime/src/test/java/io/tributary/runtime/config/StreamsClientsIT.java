package io.tributary.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tributary.servers.fixture.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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

    private final TestKafka kafka = TestKafka.start();
    private final StreamsClients clients = new StreamsClients();
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
        String topic = "known";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        await().ignoreExceptionsInstanceOf(KafkaException.class)
                .until(() -> !producer.partitionsFor(topic).isEmpty());
        begin();
        producer.send(new ProducerRecord<>(topic, new byte[1])).get();
        kafka.stop();

        assertIsFinal(catchThrowable(producer::commitTransaction));
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
