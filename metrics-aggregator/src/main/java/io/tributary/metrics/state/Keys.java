package io.tributary.metrics.state;

import io.tributary.schemas.identity.SeriesId;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keys of stores: numbers as eight bytes each, the most significant first, so that the order of keys is theirs. */
final class Keys {
    private Keys() {}

    static Bytes of(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    static Bytes of(SeriesId id) {
        return Bytes.wrap(id.toBytes());
    }

    static Bytes of(long number, long second) {
        return Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(number)
                .putLong(second)
                .array());
    }

    static Bytes of(long number, SeriesId id) {
        return Bytes.wrap(put(ByteBuffer.allocate(Long.BYTES + SeriesId.BYTES).putLong(number), id)
                .array());
    }

    static Bytes of(long number, SeriesId id, long after) {
        return Bytes.wrap(put(
                        ByteBuffer.allocate(2 * Long.BYTES + SeriesId.BYTES).putLong(number), id)
                .putLong(after)
                .array());
    }

    static Bytes of(long number, long second, SeriesId id) {
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES + SeriesId.BYTES)
                .putLong(number)
                .putLong(second);
        return Bytes.wrap(put(numbers, id).array());
    }

    /** Removes an entry without looking up what it held, which is most of what {@link KeyValueStore#delete} takes. */
    static void remove(KeyValueStore<Bytes, byte[]> store, Bytes key) {
        store.put(key, null);
    }

    static SeriesId id(ByteBuffer key) {
        return new SeriesId(key.getLong(), key.getLong());
    }

    private static ByteBuffer put(ByteBuffer buffer, SeriesId id) {
        return buffer.putLong(id.high()).putLong(id.low());
    }
}
