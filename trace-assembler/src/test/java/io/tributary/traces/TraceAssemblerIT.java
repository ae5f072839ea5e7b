package io.tributary.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.contract.RecordReader;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import io.tributary.traces.stream.TraceTopology;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real Kafka and a real registry: killed half-way, and then once more from the beginning. */
class TraceAssemblerIT {
    private static final int TRACES = 1000;
    private static final int SPANS_PER_TRACE = 10;
    private static final int POISON = 3;
    private static final List<String> SERVICES = List.of("shop", "cart", "stock", "mail", "payment");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final long startNanos = Instant.now().getEpochSecond() * 1_000_000_000L;
    private final String kafka = TestKafka.shared().bootstrapServers();
    private final SchemaRegistry registry =
            new SchemaRegistry(TestRegistry.shared().url());
    private final Topics topics = Topics.of("traces-it.", registry);

    @TempDir
    private Path home;

    /** Everything that was said of each trace and edge, with nothing of when it was said. */
    private record Answer(
            Map<TraceId, TraceSummary> summaries, Map<TraceId, Set<SpanId>> spans, Set<ServiceEdge> edges) {}

    @Test
    void everySpanComesOutOnceThoughTheServiceIsKilledAndAReplayAnswersTheSame() throws Exception {
        try (ServiceProcess first = start("first")) {
            first.awaitReady();
            send(0, SPANS_PER_TRACE / 2);
            await().atMost(PATIENCE).until(() -> spansOut(topics) > 0);
            first.kill();
        }
        send(SPANS_PER_TRACE / 2, SPANS_PER_TRACE);
        sendPoison();
        try (ServiceProcess second = start("first")) {
            second.awaitReady();
            await().atMost(PATIENCE).until(() -> spansOut(topics) >= TRACES * SPANS_PER_TRACE);
            await().atMost(PATIENCE).untilAsserted(() -> assertLedgerBalances(topics));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(calls(answer(topics))).isEqualTo((long) TRACES * (SPANS_PER_TRACE - 1)));
            assertThat(second.get("/actuator/prometheus").body())
                    .contains("tributary_traces_open{", "tributary_traces_pending_bytes{");
        }
        Answer answer = answer(topics);
        assertEverySpanIsThere(answer);
        assertThat(RecordReader.readAll(kafka, topics.spans().deadLetterName())).hasSize(POISON);

        Topics again = outputsOf(Topics.of("traces-it-again.", registry));
        try (RunningTopology _ = RunningTopology.start(kafka, "traces-it-again", again, home.resolve("again"))) {
            await().atMost(PATIENCE).until(() -> spansOut(again) >= TRACES * SPANS_PER_TRACE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(answer(again)).isEqualTo(answer));
            assertLedgerBalances(again);
        }
    }

    private ServiceProcess start(String instance) throws Exception {
        return ServiceProcess.start(
                Ports.free(),
                home,
                Map.of(
                        "TRIBUTARY_KAFKA_BOOTSTRAPSERVERS",
                        kafka,
                        "TRIBUTARY_KAFKA_REGISTRYURL",
                        TestRegistry.shared().url(),
                        "TRIBUTARY_KAFKA_TOPICPREFIX",
                        "traces-it.",
                        "TRIBUTARY_KAFKA_STATEDIR",
                        home.resolve("state").toString(),
                        "TRIBUTARY_KAFKA_INSTANCE",
                        instance,
                        "TRIBUTARY_TRACES_CLOSING_IDLE",
                        "5s"));
    }

    /** These topics, but the spans that the service read. */
    private Topics outputsOf(Topics other) {
        Topics made = new Topics(
                other.logs(),
                other.metrics(),
                other.rollups(),
                topics.spans(),
                other.traces(),
                other.serviceEdges(),
                other.alerts(),
                other.silences(),
                other.notifications(),
                other.notificationLog(),
                other.ledger());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            new TopicCreation(admin, Optional.empty())
                    .create(List.of(
                            made.traces(), made.serviceEdges(), made.ledger(), TraceTopology.edgeChanges(made)));
        }
        return made;
    }

    /** Sends some of the spans of each trace, children before parents, some of them twice. */
    private void send(int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            for (int trace = 0; trace < TRACES; trace++) {
                Span span = span(trace, SPANS_PER_TRACE - 1 - number);
                records.add(record(span));
                if (trace % 100 == 0) {
                    records.add(record(span));
                }
            }
        }
        sendAll(records);
    }

    private void sendPoison() throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < POISON; i++) {
            byte[] poison = ("poison " + i).getBytes(StandardCharsets.UTF_8);
            records.add(new ProducerRecord<>(topics.spans().name(), new byte[] {(byte) i}, poison));
        }
        sendAll(records);
    }

    private void sendAll(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", 5);
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(Span span) {
        byte[] key = topics.spans().encodeKey(span.getTraceId());
        return new ProducerRecord<>(topics.spans().name(), key, topics.spans().encodeValue(span));
    }

    /** A chain of calls from service to service. */
    private Span span(int trace, int number) {
        String service = SERVICES.get(number % SERVICES.size());
        Span span = SampleData.span(trace, number, number - 1, service, 0, 0);
        span.setStartTimeUnixNano(startNanos + number * 1_000_000L);
        span.setEndTimeUnixNano(startNanos + (2L * SPANS_PER_TRACE - number) * 1_000_000L);
        return span;
    }

    private int spansOut(Topics where) {
        return values(where.traces()).stream()
                .mapToInt(trace -> trace.getSpans().size())
                .sum();
    }

    private <V> List<V> values(Topic<?, V> topic) {
        return RecordReader.readAll(kafka, topic.name()).stream()
                .map(record -> topic.decodeValue(record.value()))
                .toList();
    }

    private Answer answer(Topics where) {
        Map<TraceId, Trace> newest = new HashMap<>();
        Map<TraceId, Set<SpanId>> spans = new HashMap<>();
        for (Trace trace : values(where.traces())) {
            newest.merge(
                    trace.getTraceId(), trace, (one, other) -> one.getRevision() > other.getRevision() ? one : other);
            Set<SpanId> ofTrace = spans.computeIfAbsent(trace.getTraceId(), unseen -> new HashSet<>());
            trace.getSpans()
                    .forEach(span -> assertThat(ofTrace.add(span.getSpanId()))
                            .as("comes once")
                            .isTrue());
        }
        Map<TraceId, TraceSummary> summaries = new HashMap<>();
        newest.forEach((id, trace) -> summaries.put(id, trace.getSummary()));
        return new Answer(summaries, spans, edges(where));
    }

    private Set<ServiceEdge> edges(Topics where) {
        Map<List<Object>, ServiceEdge> newest = new HashMap<>();
        for (ServiceEdge edge : values(where.serviceEdges())) {
            newest.put(List.of(edge.getCaller(), edge.getCallee(), edge.getWindowStartUnixNano()), edge);
        }
        return new HashSet<>(newest.values());
    }

    private static long calls(Answer answer) {
        return answer.edges().stream().mapToLong(ServiceEdge::getCalls).sum();
    }

    private static void assertEverySpanIsThere(Answer answer) {
        assertThat(answer.spans()).hasSize(TRACES);
        assertThat(answer.spans().values())
                .allSatisfy(spans -> assertThat(spans).hasSize(SPANS_PER_TRACE));
        assertThat(answer.summaries().values()).allSatisfy(summary -> {
            assertThat(summary.getSpanCount()).isEqualTo(SPANS_PER_TRACE);
            assertThat(summary.getCompleteness()).isEqualTo(Completeness.COMPLETE);
            assertThat(summary.getRootService()).isEqualTo("shop");
        });
        assertThat(answer.edges()).extracting(ServiceEdge::getCaller).containsAll(SERVICES);
    }

    private void assertLedgerBalances(Topics where) {
        Map<String, LedgerEntry> entries = values(where.ledger()).stream()
                .collect(Collectors.toMap(LedgerKey::of, entry -> entry, (one, other) -> other));
        OutcomeCounts counts = new OutcomeCounts();
        long covered = 0;
        for (LedgerEntry entry : new ArrayList<>(entries.values())) {
            counts.addAll(entry.getCounts());
            covered += entry.getTo() - entry.getFrom() - entry.getGaps();
        }
        assertThat(counts.of(Outcome.FORWARDED)).isEqualTo(TRACES * SPANS_PER_TRACE);
        assertThat(counts.of(Outcome.DUPLICATE)).isEqualTo(TRACES * SPANS_PER_TRACE / 100);
        assertThat(counts.of(Outcome.DEAD_LETTERED)).isEqualTo(POISON);
        assertThat(counts.total()).isEqualTo(covered);
    }
}
