package io.tributary.traces.stream;

import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.serde.WireFormat;
import io.tributary.schemas.topic.Topic;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads of a span what {@link TraceAssembly} looks at: tenant, ids, name, kind, times, status code and the resource's
 * {@code service.name}. Over attributes, events and links, which are most of it, it only walks; they and all other
 * fields are not set. Safe for use by many threads.
 */
final class SpanGlance implements Deserializer<Span> {
    /** What is nested deeper is left to {@link Topic#decodeValue} to judge. */
    private static final int MAX_DEPTH = 32;

    private static final String SERVICE_NAME = "service.name";
    private static final Utf8 SERVICE_NAME_KEY = new Utf8(SERVICE_NAME);
    /** An attribute's value is a union of so many. */
    private static final int VALUES = 8;

    private static final int TEXT = 1;
    private static final SpanKind[] KINDS = SpanKind.values();
    private static final StatusCode[] STATUS_CODES = StatusCode.values();

    private final Topic<?, Span> spans;

    /** Reads values of this topic. */
    SpanGlance(Topic<?, Span> spans) {
        this.spans = spans;
    }

    /**
     * The span in the payload; null for null. It is whole if the payload is written with another schema than the
     * newest.
     *
     * @throws RejectedException as {@link Topic#decodeValue}
     */
    @Override
    public Span deserialize(String topic, byte[] payload) {
        if (payload != null && spans.isCurrent(payload)) {
            int length = payload.length - WireFormat.HEADER_BYTES;
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(payload, WireFormat.HEADER_BYTES, length, null);
            try {
                Span span = read(in);
                if (in.isEnd()) {
                    return span;
                }
            } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | UnsupportedOperationException e) {
                // What is wrong with it, decoding all of it tells.
            }
        }
        return spans.decodeValue(payload);
    }

    /** Field by field, in the order of the schema. */
    private static Span read(BinaryDecoder in) throws IOException {
        Span span = new Span();
        span.setTenant(in.readString());
        span.setTraceId(new TraceId(fixed(in, 16)));
        span.setSpanId(spanId(in));
        span.setParentSpanId(branch(in, 2) == 0 ? null : spanId(in));
        skipBytes(in); // trace_state
        in.readInt(); // flags
        span.setName(in.readString());
        span.setKind(KINDS[in.readEnum()]);
        span.setStartTimeUnixNano(in.readLong());
        span.setEndTimeUnixNano(in.readLong());
        skipAttributes(in);
        skipEvents(in);
        skipLinks(in);
        span.setStatusCode(STATUS_CODES[in.readEnum()]);
        skipBytes(in); // status_message
        span.setResource(resource(in));
        skipScope(in);
        return span;
    }

    private static Resource resource(BinaryDecoder in) throws IOException {
        Object service = null;
        Utf8 key = new Utf8();
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                key = in.readString(key);
                if (!key.equals(SERVICE_NAME_KEY)) {
                    skipValue(in, 0);
                } else {
                    service = textOrNull(in);
                }
            }
        }
        in.readLong(); // dropped_attributes_count
        skipBytes(in); // schema_url
        Resource resource = new Resource();
        resource.setAttributes(service == null ? Map.of() : Map.of(SERVICE_NAME, service));
        return resource;
    }

    private static String textOrNull(BinaryDecoder in) throws IOException {
        int branch = branch(in, VALUES);
        if (branch == TEXT) {
            return in.readString();
        }
        skipValue(in, branch, 0);
        return null;
    }

    private static void skipEvents(BinaryDecoder in) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                in.readLong(); // time_unix_nano
                skipBytes(in); // name
                skipAttributes(in);
            }
        }
        in.readLong(); // dropped_events_count
    }

    private static void skipLinks(BinaryDecoder in) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                in.skipFixed(16); // trace_id
                in.skipFixed(8); // span_id
                skipBytes(in); // trace_state
                in.readInt(); // flags
                skipAttributes(in);
            }
        }
        in.readLong(); // dropped_links_count
    }

    private static void skipScope(BinaryDecoder in) throws IOException {
        skipBytes(in); // name
        skipBytes(in); // version
        skipAttributes(in);
        skipBytes(in); // schema_url
    }

    /** Passes over attributes, and how many were dropped. */
    private static void skipAttributes(BinaryDecoder in) throws IOException {
        skipMap(in, 0);
        in.readLong();
    }

    private static void skipMap(BinaryDecoder in, int depth) throws IOException {
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                skipBytes(in);
                skipValue(in, depth);
            }
        }
    }

    private static void skipValue(BinaryDecoder in, int depth) throws IOException {
        skipValue(in, branch(in, VALUES), depth);
    }

    /** Passes over an attribute's value of this branch of its union. */
    private static void skipValue(BinaryDecoder in, int branch, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new AvroRuntimeException("nested deeper than " + MAX_DEPTH);
        }
        switch (branch) {
            case 0 -> {}
            case 2 -> in.readBoolean();
            case 3 -> in.readLong();
            case 4 -> in.readDouble();
            case TEXT, 5 -> skipBytes(in);
            case 6 -> skipArray(in, depth + 1);
            default -> skipMap(in, depth + 1);
        }
    }

    private static void skipArray(BinaryDecoder in, int depth) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                skipValue(in, depth);
            }
        }
    }

    /** Passes over text or bytes; a length below 0 would take Avro's decoder back. */
    private static void skipBytes(BinaryDecoder in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new AvroRuntimeException("length: " + length);
        }
        in.skipFixed(length);
    }

    private static int branch(BinaryDecoder in, int branches) throws IOException {
        int branch = in.readIndex();
        if (branch < 0 || branch >= branches) {
            throw new AvroRuntimeException("branch of a union: " + branch);
        }
        return branch;
    }

    private static SpanId spanId(BinaryDecoder in) throws IOException {
        return new SpanId(fixed(in, 8));
    }

    private static byte[] fixed(BinaryDecoder in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFixed(bytes);
        return bytes;
    }
}
