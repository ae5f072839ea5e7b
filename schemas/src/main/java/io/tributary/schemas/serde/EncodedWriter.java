package io.tributary.schemas.serde;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes records whose parts may be {@link Encoded}. */
final class EncodedWriter<T> extends SpecificDatumWriter<T> {
    EncodedWriter(Schema schema, SpecificData data) {
        super(schema, data);
    }

    @Override
    protected void writeRecord(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof Encoded encoded) {
            encoded.writeTo(out);
        } else {
            super.writeRecord(schema, datum, out);
        }
    }

    @Override
    protected void writeMap(Schema schema, Object datum, Encoder out) throws IOException {
        if (datum instanceof Encoded encoded) {
            encoded.writeTo(out);
        } else {
            super.writeMap(schema, datum, out);
        }
    }
}
