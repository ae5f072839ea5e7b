package io.tributary.schemas.sample;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanEvent;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.SpanLink;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.avro.TraceId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Well-formed records with more than one of everything, the same for the same number. */
public final class SampleData {
    /** When sample number 0 happened. */
    public static final Instant START = Instant.parse("2026-01-02T03:04:05.006007008Z");

    private static final long SECOND = 1_000_000_000L;
    private static final List<String> SERVICES = List.of("checkout", "cart", "payment");

    private SampleData() {}

    /** Nanoseconds since the epoch, this many seconds after {@link #START}. */
    public static long nanos(double seconds) {
        return START.getEpochSecond() * SECOND + START.getNano() + (long) (seconds * SECOND);
    }

    /** A resource of one of three services, on one of two hosts. */
    public static Resource resource(int number) {
        return Resource.newBuilder()
                .setAttributes(Map.of(
                        "service.name",
                        SERVICES.get(number % SERVICES.size()),
                        "service.instance.id",
                        "instance-" + number % 2,
                        "host.cpu",
                        new ArrayValue(List.of("x86", 4L))))
                .setSchemaUrl("https://opentelemetry.io/schemas/1.30.0")
                .build();
    }

    /** The resource of this service. */
    public static Resource service(String name) {
        return Resource.newBuilder().setAttributes(Map.of("service.name", name)).build();
    }

    /** One of two scopes. */
    public static Scope scope(int number) {
        return Scope.newBuilder()
                .setName("library-" + number % 2)
                .setVersion("1." + number % 2)
                .setAttributes(Map.of("scope.level", (long) (number % 2)))
                .build();
    }

    /** A log record: text bodies and structured ones, with and without trace, of every severity. */
    public static LogRecord log(int number) {
        Object body = number % 3 == 0
                ? new MapValue(Map.of("message", "order placed", "items", new ArrayValue(List.of(1L, "two", 3.0))))
                : "order " + number + " placed";
        return LogRecord.newBuilder()
                .setTimeUnixNano(nanos(number))
                .setObservedTimeUnixNano(nanos(number + 0.5))
                .setSeverityNumber(1 + number % 24)
                .setSeverityText(number % 24 < 12 ? "INFO" : "ERROR")
                .setBody(body)
                .setAttributes(new TreeMap<>(
                        Map.of("order.id", (long) number, "customer", "c" + number % 7, "vip", number % 2 == 0)))
                .setTraceId(number % 2 == 0 ? traceId(number) : null)
                .setSpanId(number % 2 == 0 ? spanId(number) : null)
                .setFlags(number % 2)
                .setResource(resource(number))
                .setScope(scope(number))
                .build();
    }

    /** A gauge point of this series at this many seconds after {@link #START}. */
    public static MetricPoint gauge(String name, Map<String, String> labels, double seconds, double value) {
        return MetricPoint.newBuilder()
                .setName(name)
                .setLabels(new TreeMap<>(labels))
                .setKind(MetricKind.GAUGE)
                .setTimeUnixNano(nanos(seconds))
                .setValue(value)
                .setResource(resource(0))
                .setScope(scope(0))
                .build();
    }

    /**
     * A cumulative counter's point of this series at this many seconds after {@link #START}, counting since
     * {@link #START}.
     */
    public static MetricPoint counter(String name, Map<String, String> labels, double seconds, double value) {
        MetricPoint point = gauge(name, labels, seconds, value);
        point.setKind(MetricKind.SUM);
        point.setMonotonic(true);
        point.setTemporality(Temporality.CUMULATIVE);
        point.setStartTimeUnixNano(nanos(0));
        return point;
    }

    /** The trace id of this number; never all zero. */
    public static TraceId traceId(long number) {
        return new TraceId(
                ByteBuffer.allocate(16).putLong(0x7261_6365L).putLong(number).array());
    }

    /** The span id of this number; never all zero. */
    public static SpanId spanId(long number) {
        return new SpanId(
                ByteBuffer.allocate(8).putInt(0x7370_616e).putInt((int) number).array());
    }

    /**
     * A span.
     *
     * @param trace number of its trace
     * @param span number of the span
     * @param parent number of its parent; negative for a root
     * @param service the service that made it
     * @param from when it began, in seconds after {@link #START}
     * @param seconds how long it took
     */
    public static Span span(long trace, long span, long parent, String service, double from, double seconds) {
        return Span.newBuilder()
                .setTraceId(traceId(trace))
                .setSpanId(spanId(span))
                .setParentSpanId(parent < 0 ? null : spanId(parent))
                .setTraceState("vendor=a,other=b")
                .setFlags(1)
                .setName("operation-" + span)
                .setKind(parent < 0 ? SpanKind.SERVER : SpanKind.INTERNAL)
                .setStartTimeUnixNano(nanos(from))
                .setEndTimeUnixNano(nanos(from + seconds))
                .setAttributes(new TreeMap<>(
                        Map.of("http.request.method", "GET", "http.response.status_code", 200L, "sampled", true)))
                .setEvents(List.of(event("start", from), event("end", from + seconds)))
                .setLinks(List.of(link(trace + 1000, span + 1), link(trace + 2000, span + 2)))
                .setStatusCode(StatusCode.UNSET)
                .setResource(service(service))
                .setScope(scope((int) span))
                .build();
    }

    private static SpanEvent event(String name, double seconds) {
        return SpanEvent.newBuilder()
                .setTimeUnixNano(nanos(seconds))
                .setName(name)
                .setAttributes(Map.of("attempt", 1L))
                .build();
    }

    private static SpanLink link(long trace, long span) {
        return SpanLink.newBuilder()
                .setTraceId(traceId(trace))
                .setSpanId(spanId(span))
                .build();
    }
}
