package io.tributary.schemas.serde;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Avro records in the Confluent wire format. Safe for use by many threads. The schema is registered under one subject
 * at the first write, whatever topic is written, so that changelog and repartition topics need no subjects of their
 * own.
 *
 * @param <T> the record
 */
@SuppressWarnings("ThreadLocalUsage") // a serde lives as long as its process, and its buffers belong to its schema
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final SchemaRegistry registry;
    private final String subject;
    private final Schema schema;
    private final SpecificData data;
    private final SpecificData growing;
    private final Map<Integer, SpecificDatumReader<T>> readers = new ConcurrentHashMap<>();
    private final ThreadLocal<Writing> writing = ThreadLocal.withInitial(Writing::new);
    private volatile byte[] header;

    /** A serde for this record class that registers its schema under the subject. */
    public AvroSerde(SchemaRegistry registry, String subject, Class<T> type) {
        this.registry = registry;
        this.subject = subject;
        this.schema = SpecificData.get().getSchema(type);
        this.data = SpecificData.getForClass(type);
        this.growing = new GrowingData(type);
    }

    /** The schema that is written, and to which every record read is resolved. */
    public Schema schema() {
        return schema;
    }

    /**
     * Registers the schema now instead of at the first write, with full transitive compatibility demanded of later
     * versions; throws as {@link SchemaRegistry#register}.
     */
    public void register() {
        header = WireFormat.header(registry.register(subject, schema));
        registry.demandCompatibility(subject, "FULL_TRANSITIVE");
    }

    /** Whether the payload is written with {@link #schema()} as {@link #encode} writes it. */
    public boolean isCurrent(byte[] payload) {
        byte[] own = header();
        return payload.length >= own.length && Arrays.equals(payload, 0, own.length, own, 0, own.length);
    }

    /**
     * The record in wire format; null for null. A part of it that is {@link Encoded} is taken as it is.
     *
     * @throws RetryableException if the schema must be registered and the registry is away
     */
    public byte[] encode(T record) {
        return record == null ? null : writing.get().encode(record);
    }

    /**
     * The record in the payload, resolved to {@link #schema()}; null for null.
     *
     * @throws RejectedException if the payload can never be read, with the reason
     * @throws RetryableException if the payload's schema is not known yet and the registry is away
     */
    public T decode(byte[] payload) {
        if (payload == null) {
            return null;
        }
        SpecificDatumReader<T> reader = reader(WireFormat.schemaId(payload));
        PayloadDecoder decoder = new PayloadDecoder(payload);
        try {
            T record = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new RejectedException(Reason.NOT_AVRO, "payload: bytes after the end of the record");
            }
            return record;
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NegativeArraySizeException
                | UnsupportedOperationException
                | StackOverflowError e) {
            throw new RejectedException(Reason.NOT_AVRO, "payload: not a " + schema.getName() + ": " + e, e);
        }
    }

    private SpecificDatumReader<T> reader(int id) {
        SpecificDatumReader<T> known = readers.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = registry.schema(id);
        if (!writer.getFullName().equals(schema.getFullName())) {
            throw new RejectedException(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "schema id " + id + ": " + writer.getFullName() + " (expected: " + schema.getFullName() + ")");
        }
        SpecificDatumReader<T> made = new SpecificDatumReader<>(writer, schema, growing);
        readers.put(id, made);
        return made;
    }

    private byte[] header() {
        byte[] known = header;
        if (known == null) {
            known = WireFormat.header(registry.register(subject, schema));
            header = known;
        }
        return known;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, record) -> encode(record);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, payload) -> decode(payload);
    }

    /** A thread's buffer and encoder. */
    private final class Writing {
        private static final int KEEP_BYTES = 1 << 20;

        private final EncodedWriter<T> writer = new EncodedWriter<>(schema, data);
        private ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
        private BinaryEncoder encoder;

        byte[] encode(T record) {
            buffer.reset();
            buffer.writeBytes(header());
            BinaryEncoder fresh = EncoderFactory.get().binaryEncoder(buffer, encoder);
            // After a failure the encoder would hold the beginning of a record, so it is not used again.
            encoder = null;
            try {
                writer.write(record, fresh);
                fresh.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("a buffer in memory cannot fail", e);
            }
            encoder = fresh;
            byte[] payload = buffer.toByteArray();
            if (payload.length > KEEP_BYTES) {
                buffer = new ByteArrayOutputStream(512);
            }
            return payload;
        }
    }
}
