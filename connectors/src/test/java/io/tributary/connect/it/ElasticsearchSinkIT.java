package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.connect.elasticsearch.ElasticsearchSinkConnector;
import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.CorrectedTimes;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** The Elasticsearch sink with a real worker and a real Elasticsearch; each test has tenants of its own. */
class ElasticsearchSinkIT {
    private static final String CONNECTOR = ElasticsearchSinkConnector.class.getName();
    private static final String DAY = "2026-01-02";
    private static final int TRACES = 30;

    private final String url = TestElasticsearch.shared().url();

    @Test
    void everyTraceIsOneDocumentOfItsNewestRevisionAndAReplayAddsNothing() {
        try (Workbench bench = new Workbench()) {
            produceTraces(bench);
            List<Header> headers = List.of(
                    new RecordHeader("number", "007".getBytes(StandardCharsets.UTF_8)),
                    new RecordHeader("bytes", new byte[] {0, -1, 7}));
            bench.produceBytes(bench.topics.traces(), new byte[16], new byte[] {0, 0, 0, 0x7f, 0x7f, 1}, headers);
            String topic = bench.topics.traces().name();

            bench.create("elastic", CONNECTOR, topic, Map.of("store.url", url));

            // A later revision and the parts of one revision count as stored: they bring spans.
            assertThat(bench.settled("elastic", bench.topics.traces()))
                    .isEqualTo(Map.of("stored", TRACES + 5L, "dead_lettered", 1L));
            assertThat(bench.deadLetters(bench.topics.traces())).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
                assertThat(letter.headers()).isEqualTo(headers);
            });
            demandTraces();

            bench.create("elastic-again", CONNECTOR, topic, Map.of("store.url", url));
            assertThat(bench.settled("elastic-again", bench.topics.traces()))
                    .isEqualTo(Map.of("duplicate", TRACES + 5L, "dead_lettered", 1L));
            demandTraces();
        }
    }

    private void produceTraces(Workbench bench) {
        for (int number = 0; number < TRACES; number++) {
            produce(bench, trace(number, 0, 0, 1, "default", 2));
        }
        // Trace 1 has late spans twice; trace 2 belongs to acme as well; trace 3 has a revision of two parts.
        produce(bench, trace(1, 1, 0, 1, "default", 1));
        produce(bench, trace(1, 2, 0, 1, "default", 1));
        produce(bench, trace(2, 0, 0, 1, "acme", 2));
        produce(bench, trace(3, 1, 0, 2, "default", 1));
        produce(bench, trace(3, 1, 1, 2, "default", 1));
    }

    private void demandTraces() {
        Workbench.post(url + "/_refresh", "");
        assertThat(count("traces-tributary-default", "*")).isEqualTo(TRACES);
        assertThat(count("traces-tributary-acme", "*")).isEqualTo(1);
        assertThat(count("traces-tributary-default", "revision:2")).isEqualTo(1);
        assertThat(count("traces-tributary-default", "revision:1")).isEqualTo(1);
        assertThat(count("jaeger-span-" + DAY, "*")).isEqualTo(2 * TRACES + 4);
        assertThat(count("tenant-acme-jaeger-span-" + DAY, "*")).isEqualTo(2);
        // Operations 0 and 1 of the first revision; 100 and 200 of trace 1 late; 100 and 110 of trace 3 late.
        assertThat(count("jaeger-service-" + DAY, "serviceName:cart")).isEqualTo(1);
        assertThat(count("jaeger-service-" + DAY, "serviceName:checkout")).isEqualTo(4);
        JsonNode found = Workbench.get(url + "/traces-tributary-default/_search?q=revision:2")
                .at("/hits/hits/0/_source");
        assertThat(found.at("/root/service").asText()).isEqualTo("checkout");
        assertThat(found.at("/services").toString()).isEqualTo("[\"cart\",\"checkout\"]");
        assertThat(found.at("/completeness").asText()).isEqualTo("missing_parent");
        assertThat(found.at("/corrected/shifted_spans").asInt()).isEqualTo(1);
        assertThat(count("traces-tributary-default", "corrected.greatest_shift_nanos:>5000000000"))
                .isEqualTo(1);
        assertThat(count("traces-tributary-default", "corrected.start:[2000-01-01 TO *]"))
                .isEqualTo(1);
    }

    @Test
    void anOlderRevisionAfterANewerOneAndARolloverChangesNothing() {
        try (Workbench bench = new Workbench()) {
            produce(bench, trace(1, 1, 0, 1, "rolled", 2));
            produce(bench, trace(2, 0, 0, 1, "rolled", 2));
            String topic = bench.topics.traces().name();
            bench.create("elastic-rolled", CONNECTOR, topic, Map.of("store.url", url));
            bench.settled("elastic-rolled", bench.topics.traces());

            Workbench.post(url + "/traces-tributary-rolled/_rollover", "");
            produce(bench, trace(1, 0, 0, 1, "rolled", 2));
            produce(bench, trace(2, 1, 0, 1, "rolled", 1));
            bench.awaitSent();

            bench.settled("elastic-rolled", bench.topics.traces());
            Workbench.post(url + "/_refresh", "");
            assertThat(count("traces-tributary-rolled", "*")).isEqualTo(2);
            assertThat(count("traces-tributary-rolled", "revision:1")).isEqualTo(2);
        }
    }

    @Test
    void edgesAreReplacedByLaterRecordsOfTheirWindow() {
        try (Workbench bench = new Workbench()) {
            produce(bench, edge("checkout", "cart", 0, 3));
            produce(bench, edge("checkout", "payment", 0, 4));
            produce(bench, edge("checkout", "cart", 1, 5));
            produce(bench, edge("checkout", "cart", 0, 9));
            String topic = bench.topics.serviceEdges().name();

            bench.create("elastic-edges", CONNECTOR, topic, Map.of("store.url", url));
            bench.settled("elastic-edges", bench.topics.serviceEdges());
            demandEdges();
            bench.create("elastic-edges-again", CONNECTOR, topic, Map.of("store.url", url));
            bench.settled("elastic-edges-again", bench.topics.serviceEdges());
            demandEdges();
        }
    }

    private void demandEdges() {
        Workbench.post(url + "/_refresh", "");
        assertThat(count("tributary-service-edges-" + DAY, "*")).isEqualTo(3);
        assertThat(count("tributary-service-edges-" + DAY, "callee:cart AND calls:9"))
                .isEqualTo(1);
        assertThat(count("jaeger-dependencies-" + DAY, "*")).isEqualTo(3);
        assertThat(count("jaeger-dependencies-" + DAY, "dependencies.callCount:9"))
                .isEqualTo(1);
    }

    @Test
    void whatElasticsearchRefusesIsADeadLetterAndThePartitionGoesOn() {
        // An index that somebody made with another mapping: the day's spans do not fit.
        Workbench.put(
                url + "/tenant-refused-jaeger-span-" + DAY,
                "{\"mappings\":{\"properties\":{\"duration\":{\"type\":\"ip\"}}},\"settings\":{\"number_of_replicas\":0}}");
        try (Workbench bench = new Workbench()) {
            produce(bench, trace(1, 0, 0, 1, "refused", 2));
            produce(bench, trace(1, 0, 0, 1, "fitting", 2));
            produce(bench, trace(2, 0, 0, 1, "fitting", 2));
            bench.create("elastic-refused", CONNECTOR, bench.topics.traces().name(), Map.of("store.url", url));

            assertThat(bench.settled("elastic-refused", bench.topics.traces()))
                    .isEqualTo(Map.of("stored", 2L, "dead_lettered", 1L));
            List<DeadLetter> letters = bench.deadLetters(bench.topics.traces());
            assertThat(letters).extracting(DeadLetter::reason).containsExactly(Reason.MAPPING);
            assertThat(bench.topics
                            .traces()
                            .decodeValue(letters.getFirst().value())
                            .getTenant())
                    .isEqualTo("refused");
        }
    }

    private long count(String index, String query) {
        return Workbench.get(url + '/' + index + "/_count?q=" + Workbench.query(query))
                .path("count")
                .asLong(-1);
    }

    private static void produce(Workbench bench, Trace trace) {
        bench.produce(bench.topics.traces(), trace.getTraceId(), trace);
    }

    private static void produce(Workbench bench, ServiceEdge edge) {
        bench.produce(
                bench.topics.serviceEdges(),
                new ServiceEdgeKey(edge.getTenant(), edge.getCaller(), edge.getCallee()),
                edge);
    }

    /** A part of a revision with as many new spans, of two services in turn. */
    private static Trace trace(int number, int revision, int part, int parts, String tenant, int spans) {
        int first = 100 * revision + 10 * part;
        List<Span> made = IntStream.range(first, first + spans)
                .mapToObj(span -> {
                    Span one = SampleData.span(
                            number, span, span == 0 ? -1 : 0, span % 2 == 0 ? "checkout" : "cart", span * 0.01, 0.2);
                    one.setTenant(tenant);
                    return one;
                })
                .toList();
        TraceSummary summary = TraceSummary.newBuilder()
                .setRootService("checkout")
                .setRootOperation("operation-0")
                .setStartTimeUnixNano(SampleData.nanos(0))
                .setDurationNanos(200_000_000L + revision)
                .setSpanCount(spans + revision)
                .setErrorCount(0)
                .setServices(List.of("cart", "checkout"))
                .setCompleteness(Completeness.MISSING_PARENT)
                .build();
        return Trace.newBuilder()
                .setTenant(tenant)
                .setTraceId(SampleData.traceId(number))
                .setRevision(revision)
                .setPart(part)
                .setParts(parts)
                .setSummary(summary)
                .setCorrected(
                        revision == 2 ? new CorrectedTimes(SampleData.nanos(0), 1L, 1L, 9_000_000_000L, 0L) : null)
                .setSpans(made)
                .build();
    }

    private static ServiceEdge edge(String caller, String callee, int window, long calls) {
        long minute = 60_000_000_000L;
        long start = SampleData.nanos(0) - SampleData.nanos(0) % minute + window * minute;
        return ServiceEdge.newBuilder()
                .setCaller(caller)
                .setCallee(callee)
                .setWindowStartUnixNano(start)
                .setWindowNanos(minute)
                .setCalls(calls)
                .setErrors(1)
                .setDurationSumNanos(1000 * calls)
                .setDurationBoundsNanos(List.of(1000L, 2000L))
                .setDurationBucketCounts(List.of(1L, 1L, calls - 2))
                .build();
    }
}
