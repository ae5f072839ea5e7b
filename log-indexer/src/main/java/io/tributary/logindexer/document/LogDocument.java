package io.tributary.logindexer.document;

import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.serde.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Log records as JSON documents in Elastic's OpenTelemetry field layout. What a record does not tell is left out.
 *
 * <p>Documents are written while the record's Avro is read, field by field in the order of the schema. Keeps buffers,
 * and what neighbours have in common, so each thread needs one of its own.
 */
public final class LogDocument {
    private static final int TRACE_ID_BYTES = new TraceId().bytes().length;
    private static final int SPAN_ID_BYTES = new SpanId().bytes().length;
    private static final int TRACE_FLAGS = 0xFF;

    private static final byte[] TIMESTAMP = JsonBytes.named("@timestamp");
    private static final byte[] OBSERVED_TIMESTAMP = JsonBytes.named("observed_timestamp");

    private final AvroBytes avro = new AvroBytes();
    private final JsonBytes json = new JsonBytes();
    private final EventTime times = new EventTime();
    private final PlainAttributes attributes = new PlainAttributes();
    private final Sources sources = new Sources(attributes);
    private final NextStream streams = new NextStream();

    /**
     * Writes the document of a record, or nothing if that fails.
     *
     * @param value the record in wire format, written with the current schema
     * @param kafkaMillis when the record came to Kafka, in milliseconds since the epoch UTC; taken for its time if it
     *     tells none
     * @param target takes the document
     * @return the data stream that it goes to
     * @throws RejectedException if the value is not Avro of that schema
     * @throws tools.jackson.core.JacksonException if the record is nested too deep; a {@link StackOverflowError} too
     */
    public DataStream write(byte[] value, long kafkaMillis, OutputStream target) {
        avro.begin(value, WireFormat.HEADER_BYTES);
        json.clear();
        json.startObject();
        DataStream stream = readAndWrite(kafkaMillis);
        json.endObject();
        try {
            target.write(json.array(), 0, json.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stream;
    }

    private DataStream readAndWrite(long kafkaMillis) {
        streams.readTenant(avro);
        writeTimes(avro.readLong(), avro.readLong(), kafkaMillis);
        Field.SEVERITY_NUMBER.number(avro.readInt(), json);
        Field.SEVERITY_TEXT.text(avro, json);
        Body.write(avro, json);
        attributes.write(avro, json);
        String own = attributes.dataset();
        Field.DROPPED_ATTRIBUTES_COUNT.number(avro.readLong(), json);
        Field.TRACE_ID.id(avro, TRACE_ID_BYTES, json);
        Field.SPAN_ID.id(avro, SPAN_ID_BYTES, json);
        Field.TRACE_FLAGS.number(avro.readInt() & TRACE_FLAGS, json);
        Field.EVENT_NAME.text(avro, json);
        String common = sources.write(avro, json);
        return streams.write(own.isEmpty() ? common : own, json);
    }

    private void writeTimes(long time, long observed, long kafkaMillis) {
        json.name(TIMESTAMP);
        times.write(json, EventTime.nanos(time, observed, kafkaMillis));
        if (observed > 0) {
            json.name(OBSERVED_TIMESTAMP);
            times.write(json, observed);
        }
    }
}
