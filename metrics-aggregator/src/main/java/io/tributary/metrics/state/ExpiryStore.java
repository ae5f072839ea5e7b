package io.tributary.metrics.state;

import io.tributary.schemas.identity.SeriesId;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** When to look next whether a series may be forgotten, in event time. One entry a series. */
public final class ExpiryStore {
    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<Bytes, byte[]> store;

    /** Keeps entries in this store. */
    public ExpiryStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Looks at this series at this instant, in nanoseconds since the epoch UTC. */
    public void schedule(long due, SeriesId id) {
        store.put(Keys.of(due, id), NOTHING);
    }

    /** Removes the entries that are due at this instant, and shows them. */
    public void removeDue(long now, Consumer<SeriesId> visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Keys.of(0), Keys.of(now + 1))) {
            while (range.hasNext()) {
                Bytes key = range.next().key;
                Keys.remove(store, key);
                visitor.accept(Keys.id(ByteBuffer.wrap(key.get()).position(Long.BYTES)));
            }
        }
    }
}
