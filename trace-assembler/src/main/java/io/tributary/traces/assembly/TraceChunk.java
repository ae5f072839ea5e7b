package io.tributary.traces.assembly;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of a trace in one piece: some of its spans, those that were not emitted with their bytes, and the
 * trace's state when it was written, if it is the last piece that was written then.
 *
 * @param spans the spans
 * @param state the state of the whole trace
 * @param journalEnd what entries of the journal before this number have of the trace is out of date
 */
public record TraceChunk(List<StoredSpan> spans, Optional<TraceState> state, long journalEnd) {
    /** Chunks of version 1 know of no journal. */
    private static final byte VERSION = 2;

    private static final int HEAD_BYTES = 1 + Integer.BYTES + Long.BYTES;

    /** The chunk in these bytes, which are read to their end. */
    public static TraceChunk decode(ByteBuffer in) {
        int begin = in.position();
        byte version = in.get();
        if (version < 1 || version > VERSION) {
            throw new IllegalStateException("trace chunk: version " + version + " (expected: at most " + VERSION + ")");
        }
        int end = begin + in.getInt();
        long journalEnd = version == 1 ? 0 : in.getLong();
        List<StoredSpan> spans = new ArrayList<>();
        while (in.position() < end) {
            var facts = SpanFactsCodec.read(in);
            byte[] payload = new byte[in.getInt()];
            in.get(payload);
            spans.add(new StoredSpan(facts, Optional.of(payload).filter(bytes -> bytes.length > 0)));
        }
        byte[] state = new byte[in.remaining()];
        in.get(state);
        return new TraceChunk(
                spans, state.length == 0 ? Optional.empty() : Optional.of(TraceStateCodec.decode(state)), journalEnd);
    }

    /** Makes the bytes of chunks, one after the other. */
    public static final class Writer {
        private static final int FIRST_BYTES = 16 << 10;
        private static final int KEEP_BYTES = 1 << 20;

        private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES).position(HEAD_BYTES);

        /** How many bytes the chunk has so far. */
        int size() {
            return out.position();
        }

        boolean isEmpty() {
            return size() == HEAD_BYTES;
        }

        /** Adds a span, whose bytes must be at hand if it is pending. */
        void add(KeptSpan span) {
            if (span.isPending() && !span.isHeld()) {
                throw new IllegalStateException("span that waits: bytes not held (expected: held, or left in a chunk)");
            }
            int payload = span.isPending() ? span.heldBytes() : 0;
            int needed = SpanFactsCodec.MAX_BYTES + Integer.BYTES + payload;
            if (out.remaining() < needed) {
                out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + needed))
                        .put(out.flip());
            }
            SpanFactsCodec.write(span.facts(), out);
            out.putInt(payload);
            if (payload > 0) {
                span.copyTo(out);
            }
        }

        /** The chunk with this state, which may be empty; the writer is empty then. */
        byte[] finish(byte[] state, long journalEnd) {
            out.put(0, VERSION).putInt(1, out.position()).putLong(1 + Integer.BYTES, journalEnd);
            byte[] bytes = Arrays.copyOf(out.array(), out.position() + state.length);
            System.arraycopy(state, 0, bytes, out.position(), state.length);
            out = (out.capacity() > KEEP_BYTES ? ByteBuffer.allocate(FIRST_BYTES) : out).position(HEAD_BYTES);
            return bytes;
        }
    }
}
