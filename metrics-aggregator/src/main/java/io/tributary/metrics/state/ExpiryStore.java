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
    /** No entry is before this key: it spares the search all that was removed, which a store passes over one by one. */
    private Bytes first = Keys.of(0);

    /** Keeps entries in this store. */
    public ExpiryStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Looks at this series at this instant, in nanoseconds since the epoch UTC. */
    public void schedule(long due, SeriesId id) {
        Bytes key = Keys.of(due, id);
        store.put(key, NOTHING);
        if (key.compareTo(first) < 0) {
            first = key;
        }
    }

    /**
     * Removes entries that are due at this instant, the earliest first and no more than so many, and shows them. What
     * the visitor schedules must be due later.
     *
     * @return whether there are more of them
     */
    public boolean removeDue(long now, int most, Consumer<SeriesId> visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(first, Keys.of(now + 1))) {
            for (int shown = 0; shown < most && range.hasNext(); shown++) {
                first = range.next().key;
                Keys.remove(store, first);
                visitor.accept(Keys.id(ByteBuffer.wrap(first.get()).position(Long.BYTES)));
            }
            return range.hasNext();
        }
    }
}
