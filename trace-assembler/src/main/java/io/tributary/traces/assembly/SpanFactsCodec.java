package io.tributary.traces.assembly;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Span facts as a part of a {@link TraceChunk}. */
final class SpanFactsCodec {
    private static final int FIXED_BYTES = 2 + 4 * Long.BYTES + Integer.BYTES + 2 * Short.BYTES;
    private static final int MAX_CHAR_BYTES = 3;

    private SpanFactsCodec() {}

    /** No facts take more bytes. */
    static final int MAX_BYTES = FIXED_BYTES + 2 * MAX_CHAR_BYTES * SpanFacts.MAX_NAME_CHARS;

    /** Writes the facts, for which {@link #MAX_BYTES} must be free. */
    static void write(SpanFacts facts, ByteBuffer out) {
        out.putLong(facts.spanId())
                .put(code(facts.kind()))
                .put((byte) (facts.error() ? 1 : 0))
                .putLong(facts.parentId())
                .putLong(facts.startNanos())
                .putLong(facts.endNanos())
                .putInt(facts.bytes());
        write(facts.service(), out);
        write(facts.operation(), out);
    }

    /** Reads the facts. */
    static SpanFacts read(ByteBuffer in) {
        long spanId = in.getLong();
        SpanKind kind = kind(in.get());
        boolean error = in.get() == 1;
        long parent = in.getLong();
        long start = in.getLong();
        long end = in.getLong();
        int bytes = in.getInt();
        return new SpanFacts(spanId, kind, parent, text(in), text(in), start, end, error, bytes);
    }

    private static void write(String name, ByteBuffer out) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[in.getShort()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static SpanKind kind(byte code) {
        return switch (code) {
            case 1 -> SpanKind.INTERNAL;
            case 2 -> SpanKind.SERVER;
            case 3 -> SpanKind.CLIENT;
            case 4 -> SpanKind.PRODUCER;
            case 5 -> SpanKind.CONSUMER;
            default -> SpanKind.UNSPECIFIED;
        };
    }

    /** The number of a kind, as in OTLP. What is stored holds it, so it never changes. */
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
}
