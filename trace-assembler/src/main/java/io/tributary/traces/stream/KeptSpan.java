package io.tributary.traces.stream;

import io.tributary.traces.assembly.SpanFactsCodec;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A span as it stands in the store: the length of its facts, the facts, and the span itself unless it was emitted.
 *
 * @param facts what is known of it
 * @param pending whether it waits to be emitted
 */
record KeptSpan(SpanFacts facts, boolean pending) {
    /** The value of a span that waits, in these bytes. */
    static byte[] encode(SpanFacts facts, byte[] span) {
        byte[] head = emitted(facts);
        byte[] value = Arrays.copyOf(head, head.length + span.length);
        System.arraycopy(span, 0, value, head.length, span.length);
        return value;
    }

    /** The value of a span that was emitted. */
    static byte[] emitted(SpanFacts facts) {
        byte[] bytes = SpanFactsCodec.encode(facts);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** The span with this key and value. */
    static KeptSpan decode(byte[] key, byte[] value) {
        int end = end(value);
        SpanFacts facts = SpanFactsCodec.decode(key, Arrays.copyOfRange(value, Integer.BYTES, end));
        return new KeptSpan(facts, end < value.length);
    }

    /** The bytes of the span that waits, in this value. */
    static byte[] span(byte[] value) {
        return Arrays.copyOfRange(value, end(value), value.length);
    }

    private static int end(byte[] value) {
        return Integer.BYTES + ByteBuffer.wrap(value).getInt();
    }
}
