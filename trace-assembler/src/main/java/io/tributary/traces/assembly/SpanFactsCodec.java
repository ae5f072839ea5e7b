package io.tributary.traces.assembly;

import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Span facts as a store keeps them: what the key does not tell, behind a version. */
public final class SpanFactsCodec {
    private static final byte VERSION = 1;

    private SpanFactsCodec() {}

    /** The facts as bytes. */
    public static byte[] encode(SpanFacts facts) {
        byte[] service = facts.service().getBytes(StandardCharsets.UTF_8);
        byte[] operation = facts.operation().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(
                        2 + 3 * Long.BYTES + Integer.BYTES + 2 * Short.BYTES + service.length + operation.length)
                .put(VERSION)
                .put((byte) (facts.error() ? 1 : 0))
                .putLong(facts.parentId())
                .putLong(facts.startNanos())
                .putLong(facts.endNanos())
                .putInt(facts.bytes())
                .putShort((short) service.length)
                .put(service)
                .putShort((short) operation.length)
                .put(operation)
                .array();
    }

    /** The facts of the span with this key. */
    public static SpanFacts decode(byte[] spanKey, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(value);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("span facts: version " + version + " (expected: " + VERSION + ")");
        }
        boolean error = buffer.get() == 1;
        long parent = buffer.getLong();
        long start = buffer.getLong();
        long end = buffer.getLong();
        int bytes = buffer.getInt();
        return new SpanFacts(
                TraceKey.spanId(spanKey),
                TraceKey.kind(spanKey),
                parent,
                text(buffer),
                text(buffer),
                start,
                end,
                error,
                bytes);
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getShort()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
