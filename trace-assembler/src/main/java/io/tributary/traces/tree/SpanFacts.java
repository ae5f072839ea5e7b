package io.tributary.traces.tree;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.identity.ServiceName;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/**
 * What a trace's summary and the service edges need of a span: a fraction of its size, so that it can be kept after the
 * span itself was emitted.
 *
 * @param spanId the span's id as a big-endian number; never 0
 * @param kind its role. Client and server halves of a call may share an id (Zipkin: "shared spans"), so a span is
 *     identified by id and kind
 * @param parentId its parent's id; 0 for none
 * @param service the service that made it, cut to {@value #MAX_NAME_CHARS} characters
 * @param operation its name, cut likewise; may be empty
 * @param startNanos when it began, in nanoseconds since the epoch UTC; 0 or less when that is not known
 * @param endNanos when it ended; at least startNanos: an end before the start counts as the start
 * @param error whether its status is ERROR
 * @param bytes the span's size as an encoded record
 */
public record SpanFacts(
        long spanId,
        SpanKind kind,
        long parentId,
        String service,
        String operation,
        long startNanos,
        long endNanos,
        boolean error,
        int bytes) {

    /** Longer names of services and operations are cut, so that summaries and edges stay small. */
    public static final int MAX_NAME_CHARS = 1024;

    /** By start, then id, then kind: an order that does not depend on the order of arrival. */
    public static final Comparator<SpanFacts> BY_START = Comparator.comparingLong(SpanFacts::orderedStart)
            .thenComparingLong(SpanFacts::spanId)
            .thenComparing(SpanFacts::kind);

    /** The facts of a span that takes this many bytes. */
    public static SpanFacts of(Span span, int bytes) {
        return of(span, bytes, name -> name);
    }

    /** The same, with the one instance of each name that the operator gives: spans are many, and names are few. */
    public static SpanFacts of(Span span, int bytes, UnaryOperator<String> names) {
        long start = span.getStartTimeUnixNano();
        return new SpanFacts(
                number(span.getSpanId()),
                span.getKind(),
                span.getParentSpanId() == null ? 0 : number(span.getParentSpanId()),
                names.apply(cut(ServiceName.of(span.getResource()))),
                names.apply(cut(span.getName())),
                start,
                Math.max(start, span.getEndTimeUnixNano()),
                span.getStatusCode() == StatusCode.ERROR,
                bytes);
    }

    /** The id as a big-endian number. */
    public static long number(SpanId id) {
        return ByteBuffer.wrap(id.bytes()).getLong();
    }

    /** Whether the start is known. */
    public boolean isTimed() {
        return startNanos > 0;
    }

    /** How long it took, in nanoseconds; at least 0, and 0 when the start is not known. */
    public long durationNanos() {
        return isTimed() ? endNanos - startNanos : 0;
    }

    private long orderedStart() {
        return isTimed() ? startNanos : Long.MAX_VALUE;
    }

    private static String cut(String name) {
        if (name.length() <= MAX_NAME_CHARS) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_NAME_CHARS - 1)) ? MAX_NAME_CHARS - 1 : MAX_NAME_CHARS;
        return name.substring(0, end);
    }
}
