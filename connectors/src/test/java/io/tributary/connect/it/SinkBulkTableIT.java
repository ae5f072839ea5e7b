package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.connect.elasticsearch.ElasticsearchSinkConnector;
import io.tributary.delivery.bulk.BulkTableContract;
import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.sample.SampleData;
import io.tributary.servers.fixture.TestElasticsearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Each record is a trace of four spans, and so five documents and, at first, one for each service. */
class SinkBulkTableIT extends BulkTableContract {
    private static final int SPANS = 4;
    private static final String DAY = "2026-01-02";

    @Override
    protected String elasticsearchUrl() {
        return TestElasticsearch.shared().url();
    }

    @Override
    protected int load() {
        return 100_000 / SPANS;
    }

    @Override
    protected Stage start(String elasticsearchUrl, Path apiKey) {
        Workbench bench = new Workbench();
        bench.create(
                Running.NAME,
                ElasticsearchSinkConnector.class.getName(),
                bench.topics.traces().name(),
                Map.of(
                        "store.url", elasticsearchUrl,
                        "store.api.key.file", apiKey.toString(),
                        "request.timeout.ms", "10000",
                        "retry.backoff.ms", "20",
                        "retry.backoff.max.ms", "200"));
        return new Running(bench, elasticsearchUrl());
    }

    private record Running(Workbench bench, String url) implements Stage {
        static final String NAME = "bulk-table";

        @Override
        public void send(String tenant, int from, int to) {
            IntStream.range(from, to).forEach(number -> send(trace(tenant, number, "")));
            bench.awaitSent();
        }

        @Override
        public byte[] sendUnmappable(String tenant) {
            String refusing = "refusing_" + tenant;
            Workbench.put(
                    url + "/tenant-" + refusing + "-jaeger-span-" + DAY,
                    "{\"mappings\":{\"properties\":{\"duration\":{\"type\":\"ip\"}}}}");
            Trace trace = trace(refusing, 1, "");
            send(trace);
            bench.awaitSent();
            return bench.topics.traces().encodeValue(trace);
        }

        @Override
        public void sendLarge(String tenant, int bytes) {
            send(trace("large_" + tenant, 1, "x".repeat(bytes)));
            bench.awaitSent();
        }

        private void send(Trace trace) {
            bench.produce(bench.topics.traces(), trace.getTraceId(), trace);
        }

        @Override
        public Map<String, Long> settled() {
            return bench.settled(NAME, bench.topics.traces());
        }

        @Override
        public long stored(String tenant) {
            Workbench.post(url + "/_refresh", "");
            long traces = count("traces-tributary-" + tenant);
            assertThat(count("tenant-" + tenant + "-jaeger-span-" + DAY)).isEqualTo(SPANS * traces);
            return traces;
        }

        private long count(String index) {
            return Workbench.get(url + '/' + index + "/_count").path("count").asLong(0);
        }

        @Override
        public List<DeadLetter> deadLetters() {
            return bench.deadLetters(bench.topics.traces());
        }

        @Override
        public long committed() {
            return bench.committed(NAME, bench.topics.traces());
        }

        @Override
        public String waitsFor() {
            return Workbench.log();
        }

        @Override
        public void close() {
            bench.close();
        }

        private static Trace trace(String tenant, int number, String more) {
            List<Span> spans = IntStream.range(0, SPANS)
                    .mapToObj(span -> {
                        Span one = SampleData.span(number, span, span == 0 ? -1 : 0, "checkout", span * 0.01, 0.2);
                        one.setTenant(tenant);
                        one.setStatusMessage(span == 0 ? more : "");
                        return one;
                    })
                    .toList();
            TraceSummary summary = TraceSummary.newBuilder()
                    .setRootService("checkout")
                    .setRootOperation("operation-0")
                    .setStartTimeUnixNano(SampleData.nanos(0))
                    .setDurationNanos(200_000_000L)
                    .setSpanCount(SPANS)
                    .setErrorCount(0)
                    .setServices(List.of("checkout"))
                    .setCompleteness(Completeness.COMPLETE)
                    .build();
            return Trace.newBuilder()
                    .setTenant(tenant)
                    .setTraceId(SampleData.traceId(number))
                    .setRevision(0)
                    .setPart(0)
                    .setParts(1)
                    .setSummary(summary)
                    .setSpans(spans)
                    .build();
        }
    }
}
