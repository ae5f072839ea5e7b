package io.tributary.traces.stream;

import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.serde.AvroSkip;
import io.tributary.schemas.serde.PayloadDecoder;
import io.tributary.schemas.topic.Topic;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads of a span what {@link TraceAssembly} looks at: tenant, ids, name, kind, times, status code and the resource's
 * {@code service.name}. Over attributes, events and links, which are most of it, it only walks; they and all other
 * fields are not set. Safe for use by many threads.
 */
final class SpanGlance implements Deserializer<Span> {
    private static final String SERVICE_NAME = "service.name";
    private static final Utf8 SERVICE_NAME_KEY = new Utf8(SERVICE_NAME);
    /** Of the branches of an attribute's value, text. */
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
            PayloadDecoder in = new PayloadDecoder(payload);
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
    private static Span read(PayloadDecoder in) throws IOException {
        Span span = new Span();
        span.setTenant(in.readString());
        span.setTraceId(new TraceId(fixed(in, 16)));
        span.setSpanId(spanId(in));
        span.setParentSpanId(AvroSkip.branch(in, 2) == 0 ? null : spanId(in));
        in.skipBytes(); // trace_state
        in.readInt(); // flags
        span.setName(in.readString());
        span.setKind(KINDS[in.readEnum()]);
        span.setStartTimeUnixNano(in.readLong());
        span.setEndTimeUnixNano(in.readLong());
        AvroSkip.countedAttributes(in);
        skipEvents(in);
        skipLinks(in);
        span.setStatusCode(STATUS_CODES[in.readEnum()]);
        in.skipBytes(); // status_message
        span.setResource(resource(in));
        AvroSkip.scope(in);
        return span;
    }

    private static Resource resource(PayloadDecoder in) throws IOException {
        Object service = null;
        Utf8 key = new Utf8();
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                key = in.readString(key);
                if (!key.equals(SERVICE_NAME_KEY)) {
                    AvroSkip.value(in, AvroSkip.valueBranch(in));
                } else {
                    service = textOrNull(in);
                }
            }
        }
        in.readLong(); // dropped_attributes_count
        in.skipBytes(); // schema_url
        Resource resource = new Resource();
        resource.setAttributes(service == null ? Map.of() : Map.of(SERVICE_NAME, service));
        return resource;
    }

    private static String textOrNull(PayloadDecoder in) throws IOException {
        int branch = AvroSkip.valueBranch(in);
        if (branch == TEXT) {
            return in.readString();
        }
        AvroSkip.value(in, branch);
        return null;
    }

    private static void skipEvents(PayloadDecoder in) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                in.readLong(); // time_unix_nano
                in.skipBytes(); // name
                AvroSkip.countedAttributes(in);
            }
        }
        in.readLong(); // dropped_events_count
    }

    private static void skipLinks(PayloadDecoder in) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                in.skipFixed(16); // trace_id
                in.skipFixed(8); // span_id
                in.skipBytes(); // trace_state
                in.readInt(); // flags
                AvroSkip.countedAttributes(in);
            }
        }
        in.readLong(); // dropped_links_count
    }

    private static SpanId spanId(PayloadDecoder in) throws IOException {
        return new SpanId(fixed(in, 8));
    }

    private static byte[] fixed(PayloadDecoder in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFixed(bytes);
        return bytes;
    }
}
