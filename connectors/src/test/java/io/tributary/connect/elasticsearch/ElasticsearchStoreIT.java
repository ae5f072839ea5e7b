package io.tributary.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.connect.sink.Decoded;
import io.tributary.connect.sink.Fate;
import io.tributary.connect.sink.Mapped;
import io.tributary.delivery.bulk.BulkObserver;
import io.tributary.delivery.bulk.BulkSettings;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.FaultyGateway;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two tasks and a real Elasticsearch. The earlier task lost its partition to the later one, and is still at what it was
 * given: nobody awaits it, and it comes when it comes. Each test has a tenant of its own.
 */
class ElasticsearchStoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BulkSettings SETTINGS = new BulkSettings(
            1 << 20, 100, Duration.ofMillis(5), 1, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(50));

    private final String url = TestElasticsearch.shared().url();
    private FaultyGateway beforeEarlier;
    private FaultyGateway beforeLater;
    private ElasticsearchStore earlier;
    private ElasticsearchStore later;

    @BeforeEach
    void start() throws IOException {
        beforeEarlier = new FaultyGateway(url);
        beforeLater = new FaultyGateway(url);
        earlier = store(beforeEarlier);
        later = store(beforeLater);
    }

    private static ElasticsearchStore store(FaultyGateway gateway) {
        ElasticsearchHttp elasticsearch = new ElasticsearchHttp(ElasticsearchSettings.of(gateway.url()));
        BulkWriter writer = new BulkWriter(
                        elasticsearch, Templates.all(), SETTINGS, BulkObserver.NONE, Clock.systemUTC(), new Random(1))
                .start();
        return new ElasticsearchStore(elasticsearch, writer, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        earlier.close();
        later.close();
        beforeEarlier.close();
        beforeLater.close();
    }

    @Test
    void anEdgeThatComesLateDoesNotReplaceANewerOne() throws IOException {
        beforeEarlier.always(FaultyGateway.status(503));
        List<Documents> forgotten = map(earlier, edge("late", 3), 7);
        assertThat(earlier.write(forgotten)).as("Elasticsearch is away").isEmpty();

        assertThat(settle(later, map(later, edge("late", 9), 8))).containsExactly(Fate.STORED);
        beforeEarlier.behave();

        assertThat(settle(earlier, forgotten)).containsExactly(Fate.DUPLICATE);
        refresh();
        assertThat(hits("tributary-service-edges-*", "tenant:late"))
                .extracting(hit -> hit.at("/_source/calls").asLong())
                .containsExactly(9L);
        assertThat(hits("tenant-late-jaeger-dependencies-*", "*"))
                .extracting(hit -> hit.at("/_source/dependencies/0/callCount").asLong())
                .containsExactly(9L);
    }

    @Test
    void ofEdgesInOneBatchTheNewestIsWrittenAndReadAgainTheyChangeNothing() {
        List<ServiceEdge> edges = List.of(edge("batch", 3), edge("batch", 9), edge("batch", 6));
        List<Documents> batch = List.of(
                map(later, edges.get(0), 7).getFirst(),
                map(later, edges.get(1), 9).getFirst(),
                map(later, edges.get(2), 8).getFirst());
        assertThat(settle(later, batch)).containsExactly(Fate.DUPLICATE, Fate.STORED, Fate.DUPLICATE);

        assertThat(settle(later, map(later, edges.get(0), 7))).containsExactly(Fate.DUPLICATE);
        assertThat(settle(later, map(later, edges.get(1), 9))).containsExactly(Fate.DUPLICATE);
        refresh();
        assertThat(hits("tributary-service-edges-*", "tenant:batch"))
                .extracting(hit -> hit.at("/_source/calls").asLong())
                .containsExactly(9L);
    }

    @Test
    void anEarlierRevisionThatComesBetweenLookUpAndWriteDoesNotKeepTheNewerOneOut() {
        List<Documents> forgotten = map(earlier, trace("between", 0), 7);
        AtomicBoolean came = new AtomicBoolean();
        beforeLater.always((exchange, body) -> {
            boolean summary = new String(body, StandardCharsets.UTF_8).contains("traces-tributary-between");
            if (summary && came.compareAndSet(false, true)) {
                assertThat(settle(earlier, forgotten)).containsExactly(Fate.STORED);
            }
            return false;
        });

        assertThat(settle(later, map(later, trace("between", 1), 8))).containsExactly(Fate.STORED);
        assertThat(came).isTrue();
        refresh();
        assertThat(hits("traces-tributary-between", "*"))
                .extracting(hit -> hit.at("/_source/revision").asInt())
                .containsExactly(1);
    }

    @Test
    void theSameRevisionThatComesBetweenLookUpAndWriteMakesADuplicate() {
        List<Documents> forgotten = map(earlier, trace("same", 0), 7);
        AtomicBoolean came = new AtomicBoolean();
        beforeLater.always((exchange, body) -> {
            if (came.compareAndSet(false, true)) {
                assertThat(settle(earlier, forgotten)).containsExactly(Fate.STORED);
            }
            return false;
        });

        assertThat(settle(later, map(later, trace("same", 0), 7))).containsExactly(Fate.DUPLICATE);
        refresh();
        assertThat(hits("traces-tributary-same", "*")).hasSize(1);
    }

    @Test
    void anEarlierRevisionThatComesAfterARolloverDoesNotStandBesideTheNewerOne() throws IOException {
        beforeEarlier.always(FaultyGateway.status(503));
        List<Documents> forgotten = map(earlier, trace("beside", 0), 7);
        assertThat(earlier.write(forgotten))
                .as("Elasticsearch takes no documents")
                .isEmpty();

        assertThat(settle(later, map(later, trace("beside", 1), 8))).containsExactly(Fate.STORED);
        send("POST", "/traces-tributary-beside/_rollover");
        beforeEarlier.behave();

        assertThat(settle(earlier, forgotten)).containsExactly(Fate.DUPLICATE);
        demandOneOfRevisionOne("traces-tributary-beside");
    }

    @Test
    void aNewerRevisionThatComesAfterARolloverReplacesTheEarlierOne() throws IOException {
        beforeLater.always(FaultyGateway.status(503));
        List<Documents> newer = map(later, trace("held", 1), 8);
        assertThat(later.write(newer)).as("Elasticsearch takes no documents").isEmpty();

        assertThat(settle(earlier, map(earlier, trace("held", 0), 7))).containsExactly(Fate.STORED);
        send("POST", "/traces-tributary-held/_rollover");
        beforeLater.behave();

        assertThat(settle(later, newer)).containsExactly(Fate.STORED);
        demandOneOfRevisionOne("traces-tributary-held");
    }

    private void demandOneOfRevisionOne(String stream) {
        refresh();
        assertThat(send("GET", "/_resolve/index/" + stream).at("/data_streams/0/backing_indices"))
                .hasSize(2);
        assertThat(hits(stream, "*"))
                .extracting(hit -> hit.at("/_source/revision").asInt())
                .containsExactly(1);
    }

    @Test
    void whatIsUnderWayCountsUntilItIsSettled() throws IOException {
        assertThat(earlier.bytesInFlight()).isZero();
        beforeEarlier.always(FaultyGateway.status(503));
        List<Documents> forgotten = map(earlier, edge("counted", 3), 7);
        assertThat(earlier.write(forgotten)).isEmpty();
        assertThat(earlier.bytesInFlight())
                .isGreaterThanOrEqualTo(forgotten.getFirst().bytes());
        beforeEarlier.behave();
        settle(earlier, forgotten);
        assertThat(earlier.bytesInFlight()).isZero();
    }

    private static List<Documents> map(ElasticsearchStore store, SpecificRecord record, long version) {
        Mapped<Documents> mapped = store.map(new Decoded("tenant", record, version));
        return List.of(((Mapped.Write<Documents>) mapped).payload());
    }

    /** Writes the batch as a task does: again and again, until there is an answer. */
    private static List<Fate> settle(ElasticsearchStore store, List<Documents> batch) {
        return await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(RetryableException.class)
                .until(() -> store.write(batch), Optional::isPresent)
                .orElseThrow();
    }

    private void refresh() {
        send("POST", "/_refresh");
    }

    private Iterable<JsonNode> hits(String index, String query) {
        return send("GET", '/' + index + "/_search?q=" + query).at("/hits/hits");
    }

    private JsonNode send(String method, String path) {
        try (ElasticsearchHttp elasticsearch = new ElasticsearchHttp(ElasticsearchSettings.of(url))) {
            return JSON.readTree(elasticsearch.send(method, path, "").body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + ' ' + path, e);
        }
    }

    private static ServiceEdge edge(String tenant, long calls) {
        return ServiceEdge.newBuilder()
                .setTenant(tenant)
                .setCaller("checkout")
                .setCallee("cart")
                .setWindowStartUnixNano(SampleData.nanos(0))
                .setWindowNanos(60_000_000_000L)
                .setCalls(calls)
                .setErrors(1)
                .setDurationSumNanos(1000 * calls)
                .setDurationBoundsNanos(List.of(1000L))
                .setDurationBucketCounts(List.of(1L, calls - 1))
                .build();
    }

    private static Trace trace(String tenant, int revision) {
        TraceSummary summary = TraceSummary.newBuilder()
                .setRootService("checkout")
                .setRootOperation("operation-0")
                .setStartTimeUnixNano(SampleData.nanos(0))
                .setDurationNanos(200_000_000L)
                .setSpanCount(1 + revision)
                .setErrorCount(0)
                .setServices(List.of("checkout"))
                .setCompleteness(Completeness.COMPLETE)
                .build();
        return Trace.newBuilder()
                .setTenant(tenant)
                .setTraceId(SampleData.traceId(1))
                .setRevision(revision)
                .setPart(0)
                .setParts(1)
                .setSummary(summary)
                .setSpans(List.of())
                .build();
    }
}
