package io.tributary.schemas.serde;

import java.io.IOException;
import org.apache.avro.io.Encoder;

/**
 * A record that is encoded already. Where it is part of a larger record, {@link AvroSerde#encode} writes its bytes, and
 * does not look at its fields: what many records share is encoded once, and what is only passed on not at all.
 */
public interface Encoded {
    /** Writes the Avro binary of the record, by the newest schema of its type. */
    void writeTo(Encoder out) throws IOException;
}
