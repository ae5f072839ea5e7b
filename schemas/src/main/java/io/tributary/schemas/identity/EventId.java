package io.tributary.schemas.identity;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Identifies a log record across a client's attempts to send it, so that a request that was sent again, because no
 * answer came or only a part was taken, leaves no record twice. It travels in the header {@link #HEADER} of the Kafka
 * record. Absent where the sender gave no time to tell a second attempt from a second event, and where a producer
 * writes to Kafka itself.
 *
 * <p>It is 16 bytes: the record's time in seconds since the epoch (4), a hash of the request's bytes (8), and which
 * record of the request it is (4). Neighbours share a long prefix, which keeps an index of ids small.
 */
public final class EventId {
    /** The header that holds the 16 bytes. */
    public static final String HEADER = "tributary.event-id";
    /** Length of an id in bytes. */
    public static final int BYTES = 16;

    private EventId() {}

    /** A hash of a request's bytes as they came: the first 64 bits of MurmurHash3 (x64, seed 0). */
    public static long request(byte[] bytes) {
        return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
    }

    /**
     * The id of a record.
     *
     * @param nanos its time by the sender's clock, in nanoseconds since the epoch
     * @param request the hash of the request's bytes
     * @param number which record of the request it is, from 0
     */
    public static byte[] of(long nanos, long request, int number) {
        return ByteBuffer.allocate(BYTES)
                .putInt((int) TimeUnit.NANOSECONDS.toSeconds(nanos))
                .putLong(request)
                .putInt(number)
                .array();
    }

    /** The record's time by the sender's clock that an id holds, in milliseconds since the epoch, in full seconds. */
    public static long millis(byte[] id) {
        return TimeUnit.SECONDS.toMillis(
                Integer.toUnsignedLong(ByteBuffer.wrap(id).getInt()));
    }
}
