package io.tributary.gateway.translate;

import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.serde.Encoded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * A resource and a scope that all records of a request share: their bytes are made once, and not for each record, of
 * which they may be the half. They must not be changed.
 */
final class Shared {
    private Shared() {}

    /** A resource that is encoded once. */
    @SuppressWarnings("serial") // never serialized by Java
    static final class OneResource extends Resource implements Encoded {
        private final byte[] bytes;

        OneResource(Map<String, Object> attributes, long dropped, String schemaUrl) {
            super(attributes, dropped, schemaUrl);
            bytes = encode(this);
        }

        @Override
        public void writeTo(Encoder out) throws IOException {
            out.writeFixed(bytes);
        }
    }

    /** A scope that is encoded once. */
    @SuppressWarnings("serial") // never serialized by Java
    static final class OneScope extends Scope implements Encoded {
        private final byte[] bytes;

        OneScope(String name, String version, Map<String, Object> attributes, long dropped, String schemaUrl) {
            super(name, version, attributes, dropped, schemaUrl);
            bytes = encode(this);
        }

        @Override
        public void writeTo(Encoder out) throws IOException {
            out.writeFixed(bytes);
        }
    }

    private static byte[] encode(SpecificRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
