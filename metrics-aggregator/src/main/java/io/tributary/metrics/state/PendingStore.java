package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.window.Window;
import io.tributary.schemas.identity.SeriesId;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Windows longer than a slice, as far as their slices are closed. Keys begin with the window's end, so that what is due
 * is one contiguous range.
 */
public final class PendingStore {
    /** Takes the windows of a range. */
    public interface Visitor {
        /** What the closed slices of this window of this series add up to. */
        void visit(SeriesId id, Window window, Rollup rollup);
    }

    private final KeyValueStore<Bytes, byte[]> store;

    /** Keeps windows in this store. */
    public PendingStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Adds a later slice to the window. */
    public void merge(SeriesId id, Window window, Rollup slice) {
        Rollup merged = get(id, window).map(before -> before.merge(slice)).orElse(slice);
        store.put(key(id, window), Codec.rollup(merged));
    }

    /** Adds what may be earlier than what the window holds: the latest point is the last, whenever it came. */
    public void mergeInTime(SeriesId id, Window window, Rollup one) {
        Rollup merged = get(id, window)
                .map(before -> before.lastTime() <= one.lastTime() ? before.merge(one) : one.merge(before))
                .orElse(one);
        store.put(key(id, window), Codec.rollup(merged));
    }

    /** What the closed slices of the window add up to; empty if none has a sample. */
    public Optional<Rollup> get(SeriesId id, Window window) {
        return Optional.ofNullable(store.get(key(id, window))).map(Codec::rollup);
    }

    /** Shows the windows that end after one instant, and at or before another. */
    public void forEachEnding(long after, long upTo, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Keys.of(after + 1), Keys.of(upTo + 1))) {
            while (range.hasNext()) {
                show(range.next(), visitor);
            }
        }
    }

    /**
     * Removes windows that end at or before the instant, the earliest first and no more than so many, and shows them.
     *
     * @return whether there are more of them
     */
    public boolean removeEnding(long upTo, int most, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Keys.of(0), Keys.of(upTo + 1))) {
            for (int shown = 0; shown < most && range.hasNext(); shown++) {
                KeyValue<Bytes, byte[]> next = range.next();
                show(next, visitor);
                Keys.remove(store, next.key);
            }
            return range.hasNext();
        }
    }

    private static void show(KeyValue<Bytes, byte[]> entry, Visitor visitor) {
        ByteBuffer key = ByteBuffer.wrap(entry.key.get());
        long end = key.getLong();
        long length = key.getLong();
        visitor.visit(Keys.id(key), new Window(end - length, length), Codec.rollup(entry.value));
    }

    private static Bytes key(SeriesId id, Window window) {
        return Keys.of(window.end(), window.length(), id);
    }
}
