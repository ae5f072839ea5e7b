package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.schemas.identity.SeriesId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Samples each under its own key: slice, series, time. A sample costs one write, and one look-up unless it is the
 * latest of its series, however many others its slice has.
 */
final class StoredPoints {
    private static final int RECENT = 1 << 16;

    private final KeyValueStore<Bytes, byte[]> store;
    /** Series that had samples, by some bits of their id, each with a time after which the store has none of it. */
    private final SeriesId[] recent = new SeriesId[RECENT];

    private final long[] newest = new long[RECENT];
    /**
     * What was removed last of a slice of which more is left: it spares the search what is before, as in
     * {@link ExpiryStore}.
     */
    private Bytes removed = Keys.of(0);
    /** No sample in the store is later. */
    private long latestTime;

    /** Keeps samples in this store, by slices of this length in nanoseconds. */
    StoredPoints(KeyValueStore<Bytes, byte[]> store, long sliceLength) {
        this.store = store;
        forEachSlice(slice -> latestTime = slice + sliceLength);
    }

    /** Shows when each slice begins that has samples here, the earliest first. */
    void forEachSlice(LongConsumer visitor) {
        long from = 0;
        while (from >= 0) {
            try (KeyValueIterator<Bytes, byte[]> next = store.range(Keys.of(from), null)) {
                if (!next.hasNext()) {
                    return;
                }
                long slice = ByteBuffer.wrap(next.peekNextKey().get()).getLong();
                visitor.accept(slice);
                from = slice + 1;
            }
        }
    }

    /** Adds a sample, as {@link PointStore#add} does. */
    PointStore.Added add(long slice, SeriesId id, long time, byte[] sample) {
        Bytes key = Keys.of(slice, id, time);
        byte[] present = isNewest(id, time) ? null : store.get(key);
        int order = present == null ? 1 : Arrays.compareUnsigned(sample, present);
        if (order > 0) {
            store.put(key, sample);
        }
        return present == null
                ? PointStore.Added.NEW
                : order == 0 ? PointStore.Added.DUPLICATE : PointStore.Added.CONFLICT;
    }

    /** Whether the sample is later than any of its series, as most are, so that it need not be looked for. */
    private boolean isNewest(SeriesId id, long time) {
        int slot = (int) id.low() & (RECENT - 1);
        latestTime = Math.max(latestTime, time);
        if (!id.equals(recent[slot])) {
            recent[slot] = id;
            newest[slot] = latestTime;
            return false;
        }
        boolean isNewest = time > newest[slot];
        newest[slot] = Math.max(newest[slot], time);
        return isNewest;
    }

    /** Whether the slice has samples of the series. */
    boolean has(long slice, SeriesId id) {
        try (KeyValueIterator<Bytes, byte[]> range = samples(slice, id)) {
            return range.hasNext();
        }
    }

    /** Shows the samples of a series in the slice, in order of time. */
    void forEach(long slice, SeriesId id, Consumer<Sample> visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = samples(slice, id)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                visitor.accept(Codec.sample(time(next.key), next.value));
            }
        }
    }

    private KeyValueIterator<Bytes, byte[]> samples(long slice, SeriesId id) {
        return store.range(Keys.of(slice, id, 0), Keys.of(slice, id, Long.MAX_VALUE));
    }

    /** Shows the samples of the slice, series by series, in order of time. */
    void forEach(long slice, PointStore.Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Keys.of(slice), Keys.of(slice + 1))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                visitor.visit(slice, id(next.key), Codec.sample(time(next.key), next.value));
            }
        }
    }

    /** Removes the samples of no more than so many series, and shows them; returns whether the slice has no more. */
    boolean remove(long slice, int most, PointStore.Visitor visitor) {
        Bytes from = Keys.of(slice);
        try (KeyValueIterator<Bytes, byte[]> range =
                store.range(from.compareTo(removed) < 0 ? removed : from, Keys.of(slice + 1))) {
            SeriesId last = null;
            for (int series = 0; range.hasNext(); ) {
                SeriesId id = id(range.peekNextKey());
                if (!id.equals(last) && ++series > most) {
                    return false;
                }
                last = id;
                KeyValue<Bytes, byte[]> next = range.next();
                visitor.visit(slice, id, Codec.sample(time(next.key), next.value));
                Keys.remove(store, next.key);
                removed = next.key;
            }
        }
        removed = Keys.of(0);
        return true;
    }

    private static SeriesId id(Bytes key) {
        return Keys.id(ByteBuffer.wrap(key.get()).position(Long.BYTES));
    }

    private static long time(Bytes key) {
        return ByteBuffer.wrap(key.get()).getLong(Long.BYTES + SeriesId.BYTES);
    }
}
