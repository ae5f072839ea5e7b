package io.tributary.logindexer.document;

import io.tributary.schemas.identity.EventId;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Ids of documents: the same for the same Kafka record, whenever it is read, and for the same event if the client sent
 * it more than once.
 *
 * <p>An id is 16 bytes in URL-safe Base64 (22 characters, which Elasticsearch keeps as the 16 bytes): the
 * {@link EventId} that came with the record, else partition (2), offset (6) and a hash of the value (8). Neighbours
 * share a long prefix, which keeps the index of ids small. The hash keeps a topic that was made anew from meeting the
 * ids of the old one.
 */
public final class DocumentId {
    private static final int PARTITION_SHIFT = 48;
    private static final long OFFSET_MASK = (1L << PARTITION_SHIFT) - 1;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private DocumentId() {}

    /** The id of the event with this {@link EventId}. */
    public static String of(byte[] eventId) {
        return BASE64.encodeToString(eventId);
    }

    /** The id of the record with these coordinates and value, which came without an id of its own. */
    public static String of(int partition, long offset, byte[] value) {
        long coordinates = (long) partition << PARTITION_SHIFT | (offset & OFFSET_MASK);
        long hash = MurmurHash3.hash128x64(value, 0, value.length, 0)[0];
        return of(ByteBuffer.allocate(EventId.BYTES)
                .putLong(coordinates)
                .putLong(hash)
                .array());
    }
}
