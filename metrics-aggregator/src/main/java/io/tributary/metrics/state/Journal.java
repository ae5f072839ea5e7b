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

    private final KeyValueStore<Bytes, byte[]> store;

    Journal(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds an entry to those of the slice; they are numbered from 0. */
    void put(long slice, int number, byte[] entry) {
        store.put(Keys.of(slice, number), entry);
    }

    /** Removes the first so many entries of the slice. */
    void remove(long slice, int entries) {
        for (int number = 0; number < entries; number++) {
            Keys.remove(store, Keys.of(slice, number));
        }
    }

    /** Shows all entries, slice by slice, in the order of their numbers. */
    void forEach(Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> next = all.next();
                visitor.visit(ByteBuffer.wrap(next.key.get()).getLong(), next.value);
            }
        }
    }
}
