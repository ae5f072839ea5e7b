package io.tributary.traces.assembly;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a store keeps of a trace in one entry: some of its spans, those that were not emitted with their bytes, and the
 * trace's state when the entry was written, if it is the last that was written then.
 *
 * @param spans the spans
 * @param state the state of the whole trace
 */
public record TraceChunk(List<KeptSpan> spans, Optional<TraceState> state) {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    /** The chunk in these bytes. */
    public static TraceChunk decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("trace chunk: version " + version + " (expected: " + VERSION + ")");
        }
        int end = in.getInt();
        List<KeptSpan> spans = new ArrayList<>();
        while (in.position() < end) {
            var facts = SpanFactsCodec.read(in);
            byte[] payload = new byte[in.getInt()];
            in.get(payload);
            spans.add(new KeptSpan(facts, payload.length == 0 ? null : payload));
        }
        byte[] state = Arrays.copyOfRange(bytes, end, bytes.length);
        return new TraceChunk(spans, state.length == 0 ? Optional.empty() : Optional.of(TraceStateCodec.decode(state)));
    }

    /** Makes a chunk's bytes. */
    static final class Writer {
        private ByteBuffer out = ByteBuffer.allocate(4 << 10).position(HEAD_BYTES);

        /** How many bytes the chunk has so far. */
        int size() {
            return out.position();
        }

        boolean isEmpty() {
            return size() == HEAD_BYTES;
        }

        /** Adds a span, whose bytes must be at hand if it is pending. */
        void add(KeptSpan span) {
            int payload = span.isPending() ? span.payload().length : 0;
            int needed = SpanFactsCodec.MAX_BYTES + Integer.BYTES + payload;
            if (out.remaining() < needed) {
                out = ByteBuffer.allocate(Math.max(2 * out.capacity(), out.position() + needed))
                        .put(out.flip());
            }
            SpanFactsCodec.write(span.facts(), out);
            out.putInt(payload);
            if (payload > 0) {
                out.put(span.payload());
            }
        }

        /** The chunk with this state, which may be empty; the writer can be used again. */
        byte[] finish(byte[] state) {
            out.put(0, VERSION).putInt(1, out.position());
            byte[] bytes = Arrays.copyOf(out.array(), out.position() + state.length);
            System.arraycopy(state, 0, bytes, out.position(), state.length);
            out.position(HEAD_BYTES);
            return bytes;
        }
    }
}
