package io.tributary.traces.assembly;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Identifies a trace within a tenant, as bytes that sort a trace's chunks together and in order: the trace id, the
 * tenant's length, the tenant; for a chunk, its number behind them. Equal by its bytes.
 *
 * @param bytes the key
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, compared by content
public record TraceKey(byte[] bytes) implements Comparable<TraceKey> {
    private static final int ID_BYTES = 16;

    /** The key of the trace that the span belongs to. */
    public static TraceKey of(Span span) {
        byte[] tenant = span.getTenant().getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(span.getTraceId().bytes(), ID_BYTES + 1 + tenant.length);
        bytes[ID_BYTES] = (byte) tenant.length;
        System.arraycopy(tenant, 0, bytes, ID_BYTES + 1, tenant.length);
        return new TraceKey(bytes);
    }

    /** The trace's id. */
    public TraceId traceId() {
        return new TraceId(Arrays.copyOf(bytes, ID_BYTES));
    }

    /** The trace's tenant. */
    public String tenant() {
        return new String(bytes, ID_BYTES + 1, bytes.length - ID_BYTES - 1, StandardCharsets.US_ASCII);
    }

    /** The key of the trace's chunk of this number, which is at least 0. */
    public byte[] chunk(int number) {
        return ByteBuffer.allocate(bytes.length + Integer.BYTES)
                .put(bytes)
                .putInt(number)
                .array();
    }

    /** The number in a chunk's key. */
    public static int chunkNumber(byte[] chunkKey) {
        return ByteBuffer.wrap(chunkKey).getInt(chunkKey.length - Integer.BYTES);
    }

    @Override
    public int compareTo(TraceKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
