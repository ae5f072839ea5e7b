package io.tributary.logindexer.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.bulk.BulkObserver;
import io.tributary.delivery.bulk.BulkSettings;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.WaterMarks;
import io.tributary.runtime.source.PassedOffsets;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members one after the other, whose records have no value and so become dead letters. */
class LogConsumerTest {
    private final Topics topics = Topics.of("members.", 1, new SchemaRegistry("mock://members"));
    private final TopicPartition partition = new TopicPartition(topics.logs().name(), 0);
    private final MockProducer<byte[], byte[]> letters = producer(false);
    private final MockProducer<byte[], byte[]> ledger = producer(true);
    private final DeadLetterPublisher deadLetters = new DeadLetterPublisher(letters, new Random(1));
    private final ElasticsearchHttp elasticsearch =
            new ElasticsearchHttp(ElasticsearchSettings.of("http://127.0.0.1:9"));
    private final BulkWriter writer = new BulkWriter(
            elasticsearch,
            new IndexTemplates(),
            BulkSettings.usual(),
            BulkObserver.NONE,
            Clock.systemUTC(),
            new Random(1));
    private final RecordIndexing indexing =
            new RecordIndexing(topics.logs(), writer, deadLetters, new OutcomeObserver() {
                @Override
                public void settled(Outcome outcome) {
                    throw new IllegalStateException("scripted");
                }

                @Override
                public void diverted() {}
            });

    @AfterEach
    void close() {
        deadLetters.close();
        elasticsearch.close();
    }

    @Test
    void whatKeptRecordsOfAnOlderMemberFromBeingSettledDoesNotEndTheNext() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        LogConsumer older = member(consumer);
        older.subscribe();
        consumer.rebalance(List.of(partition));
        consumer.addRecord(record(0));
        consumer.addRecord(record(1));
        older.turn();
        await().until(() -> letters.history().size() == 2);
        letters.completeNext();
        assertThatThrownBy(older::turn).hasRootCauseMessage("scripted");
        consumer.schedulePollTask(letters::completeNext);
        older.close();
        assertThat(indexing.recordsInFlight()).isZero();

        LogConsumer next = member(consumer());
        next.subscribe();
        next.turn();
    }

    @Test
    void aDeadLetterThatCannotBePublishedIsADefectAndNotWaitedFor() {
        deadLetters.close();
        MockConsumer<byte[], byte[]> consumer = consumer();
        LogConsumer member = member(consumer);
        member.subscribe();
        consumer.rebalance(List.of(partition));
        consumer.addRecord(record(0));
        member.turn();
        assertThat(indexing.recordsInFlight()).isZero();
        assertThatThrownBy(member::turn).hasMessage("a record cannot be settled");
    }

    @Test
    void aMemberGetsOnWhenItHasJoinedAndWasGivenNothingToDo() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        LogConsumer member = member(consumer);
        member.subscribe();
        member.turn();
        assertThat(member.getsOn()).isFalse();
        member.onPartitionsAssigned(List.of());
        member.turn();
        assertThat(member.getsOn()).isTrue();
    }

    @Test
    void aMemberDoesNotGetOnWhileThereIsSomethingThatItHasNotRead() {
        MockConsumer<byte[], byte[]> consumer = consumer();
        LogConsumer member = member(consumer);
        member.subscribe();
        consumer.rebalance(List.of(partition));
        consumer.updateEndOffsets(Map.of(partition, 1L));
        member.turn();
        assertThat(member.getsOn()).isFalse();
        consumer.updateEndOffsets(Map.of(partition, 0L));
        assertThat(member.getsOn()).isTrue();
    }

    private LogConsumer member(MockConsumer<byte[], byte[]> consumer) {
        return new LogConsumer(
                consumer,
                new PassedOffsets(),
                indexing,
                new LedgerPublisher(ledger, topics.ledger()),
                new ConsumptionSettings(
                        topics.logs().name(),
                        "",
                        WaterMarks.of(24 << 20),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1)),
                Clock.systemUTC());
    }

    private MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        return consumer;
    }

    private ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, null);
    }

    private static MockProducer<byte[], byte[]> producer(boolean acknowledges) {
        return new MockProducer<>(acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
