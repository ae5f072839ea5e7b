package io.tributary.traces.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.assembly.ClosingRule;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.edge.EdgeWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a test driver, where times are seconds after {@link SampleData#START}. */
final class TraceDriver implements AutoCloseable {
    static final ClosingRule CLOSING = new ClosingRule(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofSeconds(3));
    static final PartLimits LIMITS = new PartLimits(1 << 20, 5000, 32 << 20, 20_000, 50_000);
    static final EdgeWindows EDGES =
            new EdgeWindows(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(26), Duration.ofSeconds(1));

    final Topics topics = Topics.of("t.", new SchemaRegistry("mock://traces"));
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> spans;
    private final TestOutputTopic<byte[], byte[]> traces;
    private final TestOutputTopic<byte[], byte[]> edges;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final TestOutputTopic<byte[], byte[]> ledger;

    TraceDriver() {
        this(CLOSING, LIMITS);
    }

    TraceDriver(ClosingRule closing, PartLimits limits) {
        this(closing, limits, 32 << 20);
    }

    TraceDriver(ClosingRule closing, PartLimits limits, long heldBytes) {
        Properties config = new Properties();
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
        TraceTopology topology = new TraceTopology(
                topics, new TraceSettings(closing, limits, EDGES, Duration.ofMinutes(1), heldBytes), "test", meters);
        driver = new TopologyTestDriver(topology.get(), config, SampleData.START);
        spans = driver.createInputTopic(
                topics.spans().name(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                SampleData.START,
                Duration.ZERO);
        traces = output(topics.traces().name());
        edges = output(topics.serviceEdges().name());
        deadLetters = output(topics.spans().deadLetterName());
        ledger = output(topics.ledger().name());
    }

    /** The span arrives at this second. */
    void send(double second, Span... some) {
        for (Span span : some) {
            sendRaw(
                    second,
                    topics.spans().encodeKey(span.getTraceId()),
                    topics.spans().encodeValue(span));
        }
    }

    void sendRaw(double second, byte[] key, byte[] value) {
        spans.pipeInput(key, value, at(second));
    }

    static Instant at(double second) {
        return SampleData.START.plusMillis((long) (second * 1000)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Time passes for the partition alone, by a span of a trace that nobody looks at. */
    void streamTime(double second) {
        send(second, SampleData.span(999_999, (int) second, 1_000_000, "time", 0, 0));
    }

    /** Time passes, and no record comes. */
    void wallTime(double seconds) {
        for (double passed = 0; passed < seconds; passed += 0.5) {
            driver.advanceWallClockTime(Duration.ofMillis(500));
        }
    }

    /** The traces that came out since the last call, but for that of {@link #streamTime}. */
    List<Trace> traces() {
        return traceRecords().stream().map(TestRecord::value).toList();
    }

    List<TestRecord<byte[], Trace>> traceRecords() {
        return traces.readRecordsToList().stream()
                .map(record -> new TestRecord<>(
                        record.key(),
                        topics.traces().decodeValue(record.value()),
                        record.headers(),
                        record.getRecordTime()))
                .filter(record -> !record.value().getTraceId().equals(SampleData.traceId(999_999)))
                .toList();
    }

    /** The newest record of each edge and window that came out since the last call. */
    List<ServiceEdge> edges() {
        Map<String, ServiceEdge> newest = new LinkedHashMap<>();
        edges.readValuesToList().stream()
                .map(topics.serviceEdges()::decodeValue)
                .forEach(edge -> newest.put(
                        edge.getTenant()
                                + ' '
                                + edge.getCaller()
                                + ' '
                                + edge.getCallee()
                                + ' '
                                + edge.getWindowStartUnixNano(),
                        edge));
        return List.copyOf(newest.values());
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** How many records had each outcome, over all tenants. */
    Map<String, Long> outcomes() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        Map<String, Long> counts = new HashMap<>();
        List<byte[]> entries = ledger.readValuesToList();
        LedgerEntry newest = topics.ledger().decodeValue(entries.getLast());
        for (OutcomeCount count : newest.getCounts()) {
            counts.merge(count.getOutcome(), count.getCount(), Long::sum);
        }
        return counts;
    }

    /** The value of one of the service's own meters. */
    double meter(String name) {
        return meters.get(name).meter().measure().iterator().next().getValue();
    }

    /** How many sums of edges are kept. */
    int sums() {
        int count = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore("edge-sums").all()) {
            while (all.hasNext()) {
                all.next();
                count++;
            }
        }
        return count;
    }

    Topic<?, ?> edgeChanges() {
        return TraceTopology.edgeChanges(topics);
    }

    TopologyTestDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.close();
    }

    private TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
