package io.tributary.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tributary.gateway.translate.LogTranslator;
import io.tributary.gateway.translate.RecordSink;
import io.tributary.gateway.translate.Translator;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.identity.SourceId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaRecordPublisherTest {
    private static final long NOW = 1_767_000_000_000_000_000L;

    private final Topics topics = Topics.of("t.", new SchemaRegistry("mock://numbers"));

    @Test
    void aRecordKeepsItsEventIdWhetherOrNotOnesBeforeItAreTaken() {
        LogRecord.Builder timeless = LogRecord.newBuilder();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder().setTimeUnixNano(NOW + 900))
                                .addLogRecords(timeless)
                                .addAllLogRecords(LongStream.of(1, 2)
                                        .mapToObj(nanos -> LogRecord.newBuilder()
                                                .setTimeUnixNano(NOW + nanos)
                                                .build())
                                        .toList())))
                .build();

        List<byte[]> atFirst = ids(request, new TimeRules(NOW, NOW + 500));
        List<byte[]> later = ids(request, new TimeRules(NOW + 500, NOW + 1000));

        assertThat(atFirst)
                .as("the first is too far ahead, the second has no time")
                .hasSize(2);
        assertThat(later).hasSize(3).endsWith(atFirst.toArray(byte[][]::new));
        assertThat(later.getFirst()).isNotEqualTo(later.get(1));
    }

    @Test
    void whatKafkaRefusedOnceIsAskedWithAnotherProducer() {
        Producer<byte[], byte[]> refused = new MockProducer<>() {
            @Override
            public List<PartitionInfo> partitionsFor(String topic) {
                throw new SaslAuthenticationException("no such user yet");
            }
        };
        MockProducer<byte[], byte[]> accepted = producer();
        Iterator<Producer<byte[], byte[]>> producers =
                List.of(refused, accepted).iterator();
        KafkaRecordPublisher publisher = publisher(producers::next);

        assertThat(publisher.knows(Set.of("t.logs"))).isFalse();
        assertThat(((MockProducer<byte[], byte[]>) refused).closed()).isTrue();
        assertThat(publisher.knows(Set.of("t.logs"))).isTrue();
        assertThat(publisher.publishOne("t.logs", new byte[1], new byte[1], 0).join())
                .isTrue();
        assertThat(accepted.history()).hasSize(1);
    }

    @Test
    void aRequestWhoseTimeIsOverWaitsForNoMoreBytes() {
        int room = 1000;
        MockProducer<byte[], byte[]> producer = producer(false);
        PublisherSettings settings = settings(room, Duration.ofDays(1), Duration.ZERO);
        ByteBudget budget = new ByteBudget(room);
        KafkaRecordPublisher publisher =
                new KafkaRecordPublisher(() -> producer, settings, budget, new SimpleMeterRegistry());
        ExportLogsServiceRequest request = logs(3);

        CompletableFuture<Tally> tally = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> publisher.publish(
                        topics.logs(), new LogTranslator(), request, 0, "one", new TimeRules(NOW, NOW)));
        assertThat(producer.history()).hasSize(1);
        assertThat(producer.completeNext()).isTrue();

        assertThat(tally.join()).isEqualTo(new Tally(1, 0, 0, Map.of(Refusal.UNAVAILABLE, 2L)));
        assertThat(budget.taken()).isZero();
    }

    @Test
    void whatWasGivenBeforeAFaultOfOursIsCountedAndTheRestIsRefusedForGood() {
        MockProducer<byte[], byte[]> producer = producer(false);
        ByteBudget budget = new ByteBudget(1 << 20);
        KafkaRecordPublisher publisher = new KafkaRecordPublisher(
                () -> producer,
                settings(1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(5)),
                budget,
                new SimpleMeterRegistry());
        Translator<Long, SourceId, io.tributary.schemas.avro.LogRecord> faulty = new Translator<>() {
            @Override
            public long count(Long request) {
                return request;
            }

            @Override
            public void translate(
                    Long request,
                    String tenant,
                    TimeRules times,
                    RecordSink<SourceId, io.tributary.schemas.avro.LogRecord> sink) {
                new LogTranslator().translate(logs(2), tenant, times, sink);
                throw new IllegalStateException("a fault");
            }
        };

        CompletableFuture<Tally> tally =
                publisher.publish(topics.logs(), faulty, 5L, 0, "one", new TimeRules(NOW, NOW));
        assertThat(producer.completeNext()).isTrue();
        assertThat(producer.errorNext(new TimeoutException("not in time"))).isTrue();

        assertThat(tally.join()).isEqualTo(new Tally(1, 0, 0, Map.of(Refusal.UNAVAILABLE, 1L, Refusal.DEFECT, 3L)));
        assertThat(budget.taken()).isZero();
    }

    private static ExportLogsServiceRequest logs(int count) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addAllLogRecords(Collections.nCopies(count, LogRecord.getDefaultInstance()))))
                .build();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return producer(true);
    }

    private static MockProducer<byte[], byte[]> producer(boolean completes) {
        Cluster cluster = new Cluster(
                "one",
                List.of(),
                List.of(new PartitionInfo("t.logs", 0, null, new Node[0], new Node[0])),
                Set.of(),
                Set.of());
        return new MockProducer<>(cluster, completes, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static KafkaRecordPublisher publisher(Supplier<Producer<byte[], byte[]>> producers) {
        PublisherSettings settings = settings(1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(5));
        return new KafkaRecordPublisher(producers, settings, new ByteBudget(1 << 20), new SimpleMeterRegistry());
    }

    private static PublisherSettings settings(int bytes, Duration patience, Duration requestTime) {
        return new PublisherSettings(
                bytes, 1 << 20, Duration.ofSeconds(5), Duration.ZERO, 1 << 14, "none", patience, requestTime);
    }

    private List<byte[]> ids(ExportLogsServiceRequest request, TimeRules times) {
        MockProducer<byte[], byte[]> producer = producer();
        publisher(() -> producer)
                .publish(
                        topics.logs(),
                        new LogTranslator(),
                        request,
                        EventId.request(request.toByteArray()),
                        "one",
                        times)
                .join();
        return producer.history().stream()
                .filter(record -> record.headers().lastHeader(EventId.HEADER) != null)
                .map(record -> record.headers().lastHeader(EventId.HEADER).value())
                .toList();
    }
}
