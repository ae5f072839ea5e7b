package io.tributary.schemas.serde;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.nio.ByteBuffer;

/**
 * The Confluent wire format: a zero byte, the schema id as four bytes (most significant first), then Avro binary.
 * Confluent: "Wire format".
 */
public final class WireFormat {
    /** Bytes before the Avro binary. */
    public static final int HEADER_BYTES = 5;

    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The id of the schema that the payload was written with; rejected as {@link Reason#NOT_AVRO} if the payload is not
     * in this format.
     */
    public static int schemaId(byte[] payload) {
        if (payload.length < HEADER_BYTES) {
            throw new RejectedException(
                    Reason.NOT_AVRO, "payload: " + payload.length + " bytes (expected: at least " + HEADER_BYTES + ")");
        }
        if (payload[0] != MAGIC) {
            throw new RejectedException(
                    Reason.NOT_AVRO, "first byte: " + Byte.toUnsignedInt(payload[0]) + " (expected: magic byte 0)");
        }
        return ByteBuffer.wrap(payload, 1, Integer.BYTES).getInt();
    }

    /** The five bytes that come before Avro binary written with this schema. */
    public static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
    }
}
