package io.tributary.logindexer.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Signal;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class PartitionProgressIT {
    private static final int TENANTS = 60_000;

    private final String kafka = TestKafka.shared().bootstrapServers();
    private final Topics topics = Topics.of("progress.", 1, new SchemaRegistry("mock://progress"));
    private final TopicPartition partition = new TopicPartition(topics.logs().name(), 0);
    private final Producer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all", "max.request.size", 4 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    private final Map<TopicPartition, SettledOffsets> partitions = new HashMap<>();
    private Consumer<byte[], byte[]> consumer;
    private PartitionProgress progress;

    @BeforeEach
    void assign(TestInfo test) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicCreation(admin, Optional.of((short) 1)).create(List.of(topics.logs(), topics.ledger()));
        }
        String group = test.getTestMethod().orElseThrow().getName();
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "group.id", group, "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        partitions.put(partition, settled(TENANTS));
        progress = progress(InstantSource.system());
        // A commit fails as long as the group has no coordinator.
        assertThat(consumer.committed(Set.of(partition))).containsEntry(partition, null);
    }

    @AfterEach
    void close() {
        consumer.close();
        producer.close();
    }

    @Test
    void whatOneEntryDoesNotCoverFollowsAtOnce() {
        progress.begin();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(10));
            progress.advance();
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            // What is less than an entry waits for the next interval.
            return committed != null && committed.offset() > TENANTS - 5_000;
        });
    }

    @Test
    void whateverIsSettledIsCommittedAtTheEnd() {
        progress.finish(Set.of(partition), Duration.ofSeconds(30));
        assertThat(consumer.committed(Set.of(partition))).isEqualTo(Map.of(partition, new OffsetAndMetadata(TENANTS)));
    }

    @Test
    void whatIsLeftWhenTheTimeForAllOfItIsOverIsReadAgain() {
        AtomicInteger readings = new AtomicInteger();
        InstantSource slow = () -> Instant.EPOCH.plus(Duration.ofSeconds(30).multipliedBy(readings.getAndIncrement()));
        progress(slow).finish(Set.of(partition), Duration.ofMinutes(3));
        assertThat(consumer.committed(Set.of(partition)).get(partition).offset())
                .isBetween(1L, TENANTS - 1L);
    }

    @Test
    void whatWasUnderWayWhenThePartitionBeganAnewIsNotCommitted() {
        progress.begin();
        partitions.put(partition, settled(1));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(10));
            progress.advance();
            progress.begin();
            return consumer.committed(Set.of(partition)).get(partition) != null;
        });
        assertThat(consumer.committed(Set.of(partition))).isEqualTo(Map.of(partition, new OffsetAndMetadata(1)));
    }

    private PartitionProgress progress(InstantSource clock) {
        return new PartitionProgress(consumer, new LedgerPublisher(producer, topics.ledger()), partitions, clock);
    }

    private SettledOffsets settled(int records) {
        SettledOffsets offsets = new SettledOffsets(
                new LedgerRange.Source("progress", "", Signal.LOGS, partition.topic(), partition.partition()), 0);
        for (int number = 0; number < records; number++) {
            offsets.read(number, 1);
            offsets.settle(number, "tenant_".repeat(8) + number, Outcome.STORED);
        }
        return offsets;
    }
}
