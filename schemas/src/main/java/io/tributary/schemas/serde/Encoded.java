package io.tributary.schemas.serde;

import java.io.IOException;
import org.apache.avro.io.Encoder;

/**
 * A record or a map that knows its own bytes. Where it is part of a larger record, {@link AvroSerde#encode} lets it
 * write itself, and does not look at its fields: what many records share is encoded once, what is only passed on not at
 * all, and what came in another form needs no map in between.
 */
public interface Encoded {
    /** Writes the Avro binary of the record or the map, by the newest schema of its type. */
    void writeTo(Encoder out) throws IOException;
}
