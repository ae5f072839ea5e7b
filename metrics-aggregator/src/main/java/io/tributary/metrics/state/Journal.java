package io.tributary.metrics.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What came to slices in memory, one entry a slice and commit. It is read when a task starts, and never else. */
final class Journal {
    /** Takes entries. */
    interface Visitor {
        /** The next entry of the slice that begins at this instant. */
        void visit(long slice, byte[] entry);
    }

    /** The number of the entry, behind all others of its slice, that tells what was removed. */
    private static final long REMOVED = Long.MAX_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;

    Journal(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds an entry to those of the slice; they are numbered from 0. */
    void put(long slice, int number, byte[] entry) {
        store.put(Keys.of(slice, number), entry);
    }

    /** Notes how many series of the slice are removed. */
    void putRemoved(long slice, int series) {
        store.put(
                Keys.of(slice, REMOVED),
                ByteBuffer.allocate(Integer.BYTES).putInt(series).array());
    }

    /** How many series of the slice are removed by what was noted last. */
    int removed(long slice) {
        byte[] series = store.get(Keys.of(slice, REMOVED));
        return series == null ? 0 : ByteBuffer.wrap(series).getInt();
    }

    /** Removes the first so many entries of the slice, which are all, and what was noted of it. */
    void remove(long slice, int entries) {
        for (int number = 0; number < entries; number++) {
            Keys.remove(store, Keys.of(slice, number));
        }
        Keys.remove(store, Keys.of(slice, REMOVED));
    }

    /** Shows all entries of samples, slice by slice, in the order of their numbers. */
    void forEach(Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                ByteBuffer key = ByteBuffer.wrap(next.key.get());
                long slice = key.getLong();
                if (key.getLong() != REMOVED) {
                    visitor.visit(slice, next.value);
                }
            }
        }
    }
}
