package io.tributary.traces.assembly;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.TraceId;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Identifies a trace within a tenant, as bytes that sort a trace's spans together: the trace id, the tenant's length,
 * the tenant. A span's key is the trace's, the span id and the kind, so that the two halves of a shared span both stay.
 *
 * @param bytes the key
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, compared by the stores alone
public record TraceKey(byte[] bytes) {
    private static final int ID_BYTES = 16;
    private static final int SUFFIX_BYTES = Long.BYTES + 1;

    /** The key of the trace that the span belongs to. */
    public static TraceKey of(Span span) {
        byte[] tenant = span.getTenant().getBytes(StandardCharsets.US_ASCII);
        return new TraceKey(ByteBuffer.allocate(ID_BYTES + 1 + tenant.length)
                .put(span.getTraceId().bytes())
                .put((byte) tenant.length)
                .put(tenant)
                .array());
    }

    /** The trace's id. */
    public TraceId traceId() {
        return new TraceId(Arrays.copyOf(bytes, ID_BYTES));
    }

    /** The trace's tenant. */
    public String tenant() {
        return new String(bytes, ID_BYTES + 1, bytes.length - ID_BYTES - 1, StandardCharsets.US_ASCII);
    }

    /** The key of this span of the trace. */
    public byte[] span(SpanFacts span) {
        return suffixed().putLong(span.spanId()).put(code(span.kind())).array();
    }

    /** No span's key is before this one. */
    public byte[] first() {
        return suffixed().array();
    }

    /** No span's key is after this one. */
    public byte[] last() {
        byte[] last = suffixed().array();
        Arrays.fill(last, bytes.length, last.length, (byte) 0xff);
        return last;
    }

    /** The span id in a span's key. */
    static long spanId(byte[] spanKey) {
        return ByteBuffer.wrap(spanKey).getLong(spanKey.length - SUFFIX_BYTES);
    }

    /** The kind in a span's key. */
    static SpanKind kind(byte[] spanKey) {
        return switch (spanKey[spanKey.length - 1]) {
            case 1 -> SpanKind.INTERNAL;
            case 2 -> SpanKind.SERVER;
            case 3 -> SpanKind.CLIENT;
            case 4 -> SpanKind.PRODUCER;
            case 5 -> SpanKind.CONSUMER;
            default -> SpanKind.UNSPECIFIED;
        };
    }

    /** The number of a kind, as in OTLP. Stored keys hold it, so it never changes. */
    private static byte code(SpanKind kind) {
        return switch (kind) {
            case UNSPECIFIED -> 0;
            case INTERNAL -> 1;
            case SERVER -> 2;
            case CLIENT -> 3;
            case PRODUCER -> 4;
            case CONSUMER -> 5;
        };
    }

    private ByteBuffer suffixed() {
        return ByteBuffer.allocate(bytes.length + SUFFIX_BYTES).put(bytes);
    }
}
