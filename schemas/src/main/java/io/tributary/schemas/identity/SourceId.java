package io.tributary.schemas.identity;

import io.tributary.schemas.avro.Resource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Identifies the source of log records, so that the records of a source stay in order: a hash of tenant and resource
 * attributes. Any key serves that is the same for the same source; this is the gateway's.
 *
 * @param value the first 64 bits of MurmurHash3 (x64, seed 0)
 */
public record SourceId(long value) {
    /** Length of the key in bytes. */
    public static final int BYTES = Long.BYTES;

    /** The id of the source that this tenant's resource describes. */
    public static SourceId of(String tenant, Resource resource) {
        String text = tenant + '\0' + new TreeMap<>(resource.getAttributes());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new SourceId(MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0]);
    }

    /** The id in these bytes; {@link IllegalArgumentException} unless there are 8. */
    public static SourceId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("source id: " + bytes.length + " bytes (expected: " + BYTES + ")");
        }
        return new SourceId(ByteBuffer.wrap(bytes).getLong());
    }

    /** The 8 bytes of the id. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(value).array();
    }
}
