package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The samples of open slices, each under its own key: slice, series, time. What is due is one contiguous range, in
 * which the samples of a slice and series stand together in the order of their times. A sample costs one write, and one
 * look-up unless it is the latest of its series, however many others its slice has.
 */
public final class PointStore {
    /** What became of a sample. */
    public enum Added {
        /** It is in the store, as the only one of its series and time. */
        NEW,
        /** It was in the store already. */
        DUPLICATE,
        /** There was another of the same series and time; one of the two was given up. */
        CONFLICT
    }

    /** Takes the samples of a range. */
    public interface Visitor {
        /** A sample of this series, in the slice that begins at this instant. */
        void visit(long slice, SeriesId id, Sample sample);
    }

    private static final int RECENT = 1 << 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Windows windows;
    /** Series that had samples, by some bits of their id, each with a time after which the store has none of it. */
    private final SeriesId[] recent = new SeriesId[RECENT];

    private final long[] newest = new long[RECENT];
    private long latestSlice;
    /** No sample in the store is later. */
    private long latestTime;

    /** Keeps samples in this store, by the slices of these windows. */
    public PointStore(KeyValueStore<Bytes, byte[]> store, Windows windows) {
        this.store = store;
        this.windows = windows;
        try (KeyValueIterator<Bytes, byte[]> newestFirst = store.reverseAll()) {
            latestSlice = newestFirst.hasNext()
                    ? ByteBuffer.wrap(newestFirst.next().key.get()).getLong()
                    : 0;
            latestTime = latestSlice + windows.sliceLength();
        }
    }

    /**
     * Adds a sample. Of two different ones of the same instant the one with the greater bytes stays, whichever came
     * first: the order of arrival must not matter.
     */
    public Added add(SeriesId id, Sample sample) {
        long slice = windows.slice(sample.time()).start();
        Bytes key = Keys.of(slice, id, sample.time());
        byte[] bytes = Codec.sample(sample);
        byte[] present = isNewest(id, sample.time()) ? null : store.get(key);
        int order = present == null ? 1 : Arrays.compareUnsigned(bytes, present);
        if (order > 0) {
            store.put(key, bytes);
            latestSlice = Math.max(latestSlice, slice);
        }
        return present == null ? Added.NEW : order == 0 ? Added.DUPLICATE : Added.CONFLICT;
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

    /** Shows the samples of slices that begin in [from, to): slice by slice, series by series, in order of time. */
    public void forEach(long from, long to, Visitor visitor) {
        visit(from, to, visitor, false);
    }

    /** Removes the samples of slices that begin before the instant, and shows them as {@link #forEach} does. */
    public void removeBefore(long to, Visitor visitor) {
        visit(0, to, visitor, true);
    }

    private void visit(long from, long to, Visitor visitor, boolean remove) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Keys.of(from), Keys.of(to))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                ByteBuffer key = ByteBuffer.wrap(next.key.get());
                long slice = key.getLong();
                SeriesId id = Keys.id(key);
                visitor.visit(slice, id, Codec.sample(key.getLong(), next.value));
                if (remove) {
                    Keys.remove(store, next.key);
                }
            }
        }
    }

    /** Shows the samples of one series in slices that begin in [from, to), in order of time. */
    public void forEach(SeriesId id, long from, long to, Consumer<Sample> visitor) {
        for (long slice = from; slice < to && slice <= latestSlice; slice += windows.sliceLength()) {
            try (KeyValueIterator<Bytes, byte[]> range = samples(slice, id)) {
                while (range.hasNext()) {
                    KeyValue<Bytes, byte[]> next = range.next();
                    long time = ByteBuffer.wrap(next.key.get()).getLong(Long.BYTES + SeriesId.BYTES);
                    visitor.accept(Codec.sample(time, next.value));
                }
            }
        }
    }

    /** Whether the series has samples in slices that begin in [from, to). */
    public boolean has(SeriesId id, long from, long to) {
        for (long slice = from; slice < to && slice <= latestSlice; slice += windows.sliceLength()) {
            try (KeyValueIterator<Bytes, byte[]> range = samples(slice, id)) {
                if (range.hasNext()) {
                    return true;
                }
            }
        }
        return false;
    }

    private KeyValueIterator<Bytes, byte[]> samples(long slice, SeriesId id) {
        return store.range(Keys.of(slice, id, 0), Keys.of(slice, id, Long.MAX_VALUE));
    }

    /** Beginning of the latest slice that ever had a sample; 0 if none had. */
    public long latestSlice() {
        return latestSlice;
    }
}
