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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<TopicPartition, SettledOffsets> partitions = Map.of(partition, settled());
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
        progress = new PartitionProgress(consumer, new LedgerPublisher(producer, topics.ledger()), partitions);
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

    private SettledOffsets settled() {
        SettledOffsets offsets = new SettledOffsets(
                new LedgerRange.Source("progress", "", Signal.LOGS, partition.topic(), partition.partition()), 0);
        for (int number = 0; number < TENANTS; number++) {
            offsets.read(number, 1);
            offsets.settle(number, "tenant_".repeat(8) + number, Outcome.STORED);
        }
        return offsets;
    }
}
