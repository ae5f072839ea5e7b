package io.tributary.traces.assembly;

import io.tributary.schemas.avro.TraceSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A trace's state as a store keeps it, behind a version. */
public final class TraceStateCodec {
    private static final byte VERSION = 1;
    private static final int ROOT_SEEN = 1;
    private static final int INCOMPLETE = 2;
    private static final int FIXED_BYTES = 2 + 4 * Long.BYTES + 3 * Integer.BYTES;

    private TraceStateCodec() {}

    /** The state as bytes. */
    public static byte[] encode(TraceState state) {
        ByteBuffer summary = state.retired().map(TraceStateCodec::encode).orElseGet(() -> ByteBuffer.allocate(0));
        int flags = (state.rootSeen() ? ROOT_SEEN : 0) | (state.incomplete() ? INCOMPLETE : 0);
        return ByteBuffer.allocate(FIXED_BYTES + summary.remaining())
                .put(VERSION)
                .put((byte) flags)
                .putLong(state.openedAt())
                .putLong(state.lastArrival())
                .putLong(state.alarm())
                .putLong(state.pendingBytes())
                .putInt(state.pendingSpans())
                .putInt(state.knownSpans())
                .putInt(state.revision())
                .put(summary)
                .array();
    }

    /** The state in the bytes. */
    public static TraceState decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("trace state: version " + version + " (expected: " + VERSION + ")");
        }
        int flags = buffer.get();
        long openedAt = buffer.getLong();
        long lastArrival = buffer.getLong();
        long alarm = buffer.getLong();
        long pendingBytes = buffer.getLong();
        int pendingSpans = buffer.getInt();
        int knownSpans = buffer.getInt();
        int revision = buffer.getInt();
        Optional<TraceSummary> retired = buffer.hasRemaining() ? Optional.of(decode(buffer)) : Optional.empty();
        return new TraceState(
                openedAt,
                lastArrival,
                alarm,
                pendingSpans,
                pendingBytes,
                knownSpans,
                revision,
                (flags & ROOT_SEEN) != 0,
                (flags & INCOMPLETE) != 0,
                retired);
    }

    // Avro's single-object encoding names the schema by its fingerprint, so a later version can still read it.

    private static ByteBuffer encode(TraceSummary summary) {
        try {
            return TraceSummary.getEncoder().encode(summary);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
    }

    private static TraceSummary decode(ByteBuffer buffer) {
        try {
            return TraceSummary.getDecoder().decode(buffer);
        } catch (IOException e) {
            throw new UncheckedIOException("trace state: unreadable summary", e);
        }
    }
}
