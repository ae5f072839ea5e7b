package io.tributary.it.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One request of a load: {@link #SIZE} records, of which each carries the run and a number of its own.
 *
 * @param run names the load; its records are told from all others by it
 * @param number of the batch, from 0
 * @param nanos when its records happened, in nanoseconds since the epoch
 * @param series how many series all points of the load make; points take turns
 */
record Batch(UUID run, int number, long nanos, int series) {
    /** Records of a batch: log records, points of one series each, or spans. */
    static final int SIZE = 500;
    /** Sources that the records of a batch are spread over, so that most partitions are written. */
    private static final int SOURCES = 10;

    static final int SPANS_OF_A_TRACE = 5;

    MessageLite of(Signal signal) {
        return switch (signal) {
            case LOGS -> logs();
            case METRICS -> metrics();
            case SPANS -> spans();
        };
    }

    private MessageLite logs() {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int source = 0; source < SOURCES; source++) {
            ScopeLogs.Builder scope = ScopeLogs.newBuilder();
            numbers(source)
                    .forEach(record -> scope.addLogRecords(LogRecord.newBuilder()
                            .setTimeUnixNano(nanos)
                            .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                            .setSeverityText("INFO")
                            .setBody(AnyValue.newBuilder().setStringValue("order " + record + " was placed"))
                            .addAttributes(text("test.run", run.toString()))
                            .addAttributes(KeyValue.newBuilder()
                                    .setKey("test.number")
                                    .setValue(AnyValue.newBuilder().setIntValue(record)))));
            request.addResourceLogs(
                    ResourceLogs.newBuilder().setResource(resource(source)).addScopeLogs(scope));
        }
        return request.build();
    }

    private MessageLite metrics() {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int source = 0; source < SOURCES; source++) {
            Gauge.Builder gauge = Gauge.newBuilder();
            numbers(source)
                    .forEach(record -> gauge.addDataPoints(NumberDataPoint.newBuilder()
                            .setTimeUnixNano(nanos)
                            .setAsDouble(record)
                            .addAttributes(text("series", Integer.toString(record % series)))));
            request.addResourceMetrics(ResourceMetrics.newBuilder()
                    .setResource(resource(source))
                    .addScopeMetrics(ScopeMetrics.newBuilder()
                            .addMetrics(Metric.newBuilder()
                                    .setName(Load.metric(run))
                                    .setGauge(gauge))));
        }
        return request.build();
    }

    private MessageLite spans() {
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int source = 0; source < SOURCES; source++) {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            numbers(source).forEach(record -> scope.addSpans(span(record)));
            request.addResourceSpans(
                    ResourceSpans.newBuilder().setResource(resource(source)).addScopeSpans(scope));
        }
        return request.build();
    }

    /** The first span of each trace is the parent of the others. */
    private Span span(int record) {
        int first = record - record % SPANS_OF_A_TRACE;
        Span.Builder span = Span.newBuilder()
                .setTraceId(trace(first))
                .setSpanId(id(record))
                .setName("GET /order")
                .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                .setStartTimeUnixNano(nanos + record % SPANS_OF_A_TRACE)
                .setEndTimeUnixNano(nanos + 1_000_000 - record % SPANS_OF_A_TRACE);
        return record == first ? span.build() : span.setParentSpanId(id(first)).build();
    }

    private ByteString trace(int first) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(run.getMostSignificantBits())
                .putLong(first)
                .flip());
    }

    private ByteString id(int record) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(8).putLong(Load.FIRST_SPAN + record).flip());
    }

    private IntStream numbers(int source) {
        int share = SIZE / SOURCES;
        int from = number * SIZE + source * share;
        return IntStream.range(from, from + share);
    }

    private Resource resource(int source) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", Load.service(run)))
                .addAttributes(text("service.instance.id", Integer.toString(source)))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
