package io.tributary.benchmarks.workload;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tributary.gateway.translate.LogTranslator;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.gateway.translate.MetricTranslator;
import io.tributary.gateway.translate.SpanTranslator;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SourceId;
import io.tributary.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The telemetry that is sent: ten attributes a record, as instrumented web services have them, from eight services.
 *
 * @param topics where records go
 * @param startNanos the time of the first record, in nanoseconds since the epoch UTC
 * @param nanosApart how far the times of log records, and of spans, are apart
 * @param records how many records a request has
 */
public record Workloads(Topics topics, long startNanos, long nanosApart, int records) {
    /** As many records as a collector's request has that is busy. */
    public static final int MANY = 1000;
    /** How many spans a trace has. */
    public static final int SPANS_PER_TRACE = 10;

    private static final int SERVICES = 8;
    /** How many instances of each service log: each is a source with a key of its own. */
    private static final int INSTANCES = 250;
    /** How many of them a request has logs of. */
    private static final int SOURCES = 10;

    /** How many metrics the series are of. */
    static final int METRICS = 10;

    private static final InstrumentationScope SCOPE = InstrumentationScope.newBuilder()
            .setName("io.opentelemetry.http")
            .setVersion("2.4.0")
            .build();
    static final List<String> ROUTES =
            List.of("/cart", "/cart/items", "/checkout", "/orders", "/orders/{id}", "/products", "/search");

    /** Requests of {@link #MANY} records, the first of them at this time, and a millisecond apart. */
    public static Workloads from(Instant start, Topics topics) {
        return new Workloads(
                topics, TimeUnit.MILLISECONDS.toNanos(start.toEpochMilli()), TimeUnit.MILLISECONDS.toNanos(1), MANY);
    }

    /** One log record of this time that tells itself apart by its attribute {@code request.id}. */
    public static ExportLogsServiceRequest marker(String id, Instant time) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli());
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(0, 0))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder()
                                        .setTimeUnixNano(nanos)
                                        .setBody(text("marker"))
                                        .addAttributes(attribute("request.id", text(id))))))
                .build();
    }

    /** Log records, one after the other. */
    public Workload<ExportLogsServiceRequest, SourceId, io.tributary.schemas.avro.LogRecord> logs() {
        return new Workload<>("/v1/logs", records, this::logRequest, new LogTranslator(), topics.logs());
    }

    /** Spans of traces of {@link #SPANS_PER_TRACE}; so many traces go on at the same time. */
    public Workload<ExportTraceServiceRequest, TraceId, io.tributary.schemas.avro.Span> spans(int openTraces) {
        return new Workload<>(
                "/v1/traces", records, number -> spanRequest(number, openTraces), new SpanTranslator(), topics.spans());
    }

    /** Points of so many counters, each with one point every so often. */
    public Workload<ExportMetricsServiceRequest, SeriesId, MetricPoint> points(int series, Duration every) {
        return new Workload<>(
                "/v1/metrics",
                records,
                number -> pointRequest(number, series, every),
                new MetricTranslator(new MetricRules(true, true)),
                topics.metrics());
    }

    private ExportLogsServiceRequest logRequest(int number) {
        ScopeLogs.Builder[] sources = new ScopeLogs.Builder[SOURCES];
        for (int source = 0; source < SOURCES; source++) {
            sources[source] = ScopeLogs.newBuilder().setScope(SCOPE);
        }
        for (int i = 0; i < records; i++) {
            long record = (long) number * records + i;
            sources[i * SOURCES / records].addLogRecords(log(record));
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int source = 0; source < SOURCES; source++) {
            int instance = (number / SERVICES * SOURCES + source) % INSTANCES;
            request.addResourceLogs(ResourceLogs.newBuilder()
                    .setResource(resource(number % SERVICES, instance))
                    .addScopeLogs(sources[source]));
        }
        return request.build();
    }

    private LogRecord.Builder log(long record) {
        long time = startNanos + record * nanosApart;
        return LogRecord.newBuilder()
                .setTimeUnixNano(time)
                .setObservedTimeUnixNano(time + 40_000)
                .setSeverityNumberValue(record % 20 == 0 ? 17 : 9)
                .setSeverityText(record % 20 == 0 ? "ERROR" : "INFO")
                .setBody(text("order " + record + " of customer " + record % 977 + " placed in " + record % 331
                        + " ms, shipped from warehouse " + record % 13))
                .setTraceId(id(16, record / 4))
                .setSpanId(id(8, record))
                .setFlags(1)
                .addAllAttributes(attributes(record));
    }

    private ExportTraceServiceRequest spanRequest(int number, int openTraces) {
        ResourceSpans.Builder[] services = new ResourceSpans.Builder[SERVICES];
        ScopeSpans.Builder[] scopes = new ScopeSpans.Builder[SERVICES];
        for (int i = 0; i < SERVICES; i++) {
            services[i] = ResourceSpans.newBuilder().setResource(resource(i, 0));
            scopes[i] = ScopeSpans.newBuilder().setScope(SCOPE);
        }
        for (int i = 0; i < records; i++) {
            long record = (long) number * records + i;
            long round = record / ((long) openTraces * SPANS_PER_TRACE);
            long within = record % ((long) openTraces * SPANS_PER_TRACE);
            long trace = round * openTraces + within % openTraces;
            int span = (int) (within / openTraces);
            scopes[(int) ((trace + (span + 1) / 2) % SERVICES)].addSpans(span(trace, span, record));
        }
        ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
        for (int i = 0; i < SERVICES; i++) {
            request.addResourceSpans(services[i].addScopeSpans(scopes[i]));
        }
        return request.build();
    }

    /** A chain of calls: each server span has a client span in it, of which the next server span is the child. */
    private Span span(long trace, int span, long record) {
        long start = startNanos + record * nanosApart;
        Span.Builder made = Span.newBuilder()
                .setTraceId(id(16, trace + 1))
                .setSpanId(id(8, trace * SPANS_PER_TRACE + span + 1))
                .setName((span % 2 == 0 ? "GET " : "call ") + ROUTES.get((int) (trace % ROUTES.size())))
                .setKind(span % 2 == 0 ? Span.SpanKind.SPAN_KIND_SERVER : Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + 40_000_000 - span * 3_000_000L)
                .addAllAttributes(attributes(record));
        if (span > 0) {
            made.setParentSpanId(id(8, trace * SPANS_PER_TRACE + span));
        }
        return made.build();
    }

    private ExportMetricsServiceRequest pointRequest(int number, int series, Duration every) {
        Sum.Builder[] sums = new Sum.Builder[METRICS];
        for (int i = 0; i < METRICS; i++) {
            sums[i] = Sum.newBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        }
        for (int i = 0; i < records; i++) {
            long record = (long) number * records + i;
            long id = record % series;
            long round = record / series;
            sums[(int) (id % METRICS)].addDataPoints(NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano(startNanos)
                    .setTimeUnixNano(startNanos + (round + 1) * every.toNanos())
                    .setAsDouble(round * 7.5 + id % 5)
                    .addAllAttributes(attributes(id)));
        }
        ScopeMetrics.Builder metrics = ScopeMetrics.newBuilder().setScope(SCOPE);
        for (int i = 0; i < METRICS; i++) {
            metrics.addMetrics(Metric.newBuilder()
                    .setName("http.server.requests." + i)
                    .setUnit("1")
                    .setDescription("How many requests were answered")
                    .setSum(sums[i]));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(
                        ResourceMetrics.newBuilder().setResource(resource(0, 0)).addScopeMetrics(metrics))
                .build();
    }

    /** Ten attributes; the first tells records, or series, apart. */
    private static List<KeyValue> attributes(long number) {
        return List.of(
                attribute("request.id", text("r-" + number)),
                attribute("http.request.method", text(number % 5 == 0 ? "POST" : "GET")),
                attribute("http.route", text(ROUTES.get((int) (number % ROUTES.size())))),
                attribute("http.response.status_code", whole(number % 20 == 0 ? 500 : 200)),
                attribute("url.scheme", text("https")),
                attribute("server.address", text("shop.example.com")),
                attribute("server.port", whole(8080 + number % 4)),
                attribute("client.address", text("10.1." + number % 16 + "." + number % 200)),
                attribute("network.protocol.version", text("1.1")),
                attribute("user.tier", text(number % 3 == 0 ? "gold" : "basic")));
    }

    private static Resource resource(int service, int instance) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", text("service-" + service)))
                .addAttributes(attribute("service.instance.id", text("instance-" + service + "-" + instance)))
                .addAttributes(attribute("host.name", text("host-" + service % 3)))
                .addAttributes(attribute("deployment.environment.name", text("production")))
                .build();
    }

    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }

    private static AnyValue whole(long value) {
        return AnyValue.newBuilder().setIntValue(value).build();
    }

    private static ByteString id(int bytes, long number) {
        ByteBuffer id = ByteBuffer.allocate(bytes);
        // Spread, as ids are at random; the constant is odd, so that no two are the same.
        id.putLong(0, (number + 1) * 0x9E37_79B9_7F4A_7C15L);
        id.putLong(bytes - Long.BYTES, (number + 1) * 0x9E37_79B9_7F4A_7C15L);
        return ByteString.copyFrom(id.array());
    }
}
