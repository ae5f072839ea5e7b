package io.tributary.traces.stream;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.serde.Encoded;
import io.tributary.schemas.serde.WireFormat;
import java.io.IOException;
import org.apache.avro.io.Encoder;

/** A span that goes into a trace in the bytes that it came in. Its fields are not set. */
@SuppressWarnings("serial") // never serialized by Java
final class EncodedSpan extends Span implements Encoded {
    private final byte[] payload;

    /** The span in this payload, which is in wire format and of the newest schema. */
    EncodedSpan(byte[] payload) {
        this.payload = payload;
    }

    @Override
    public void writeTo(Encoder out) throws IOException {
        out.writeFixed(payload, WireFormat.HEADER_BYTES, payload.length - WireFormat.HEADER_BYTES);
    }
}
