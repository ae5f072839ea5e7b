package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The samples of open slices. A slice is in memory, and journaled at each commit; if that would be more than may be
 * held, the slice that grows moves to a store, where each of its samples has an entry, and stays there.
 */
public final class PointStore {
    /** What became of a sample. */
    public enum Added {
        /** It was kept, as the only one of its series and time. */
        NEW,
        /** It was there already. */
        DUPLICATE,
        /** There was another of the same series and time; one of the two was given up. */
        CONFLICT
    }

    /** Takes the samples of a range. */
    public interface Visitor {
        /** A sample of this series, in the slice that begins at this instant. */
        void visit(long slice, SeriesId id, Sample sample);
    }

    private final Windows windows;
    private final MemoryBudget budget;
    private final StoredPoints stored;
    private final Journal journal;
    private final NavigableMap<Long, Slice> open = new TreeMap<>();
    private long latestSlice;

    /**
     * Keeps samples by the slices of these windows.
     *
     * @param points the store of slices that are not in memory
     * @param journal the store of what came to those that are
     */
    public PointStore(
            KeyValueStore<Bytes, byte[]> points,
            KeyValueStore<Bytes, byte[]> journal,
            Windows windows,
            MemoryBudget budget) {
        this.windows = windows;
        this.budget = budget;
        this.stored = new StoredPoints(points, windows.sliceLength());
        this.journal = new Journal(journal);
        stored.forEachSlice(start -> open.put(start, new StoredSlice(start, stored)));
        this.journal.forEach((start, entry) -> {
            if (open.computeIfAbsent(start, this::begin) instanceof HeldSlice held) {
                held.restore(entry);
                budget.add(held.account());
            }
        });
        latestSlice = open.isEmpty() ? 0 : open.lastKey();
    }

    private HeldSlice begin(long start) {
        return new HeldSlice(start, journal);
    }

    /**
     * Adds a sample. Of two different ones of the same instant the one with the greater bytes stays, whichever came
     * first: the order of arrival must not matter.
     */
    public Added add(SeriesId id, Sample sample) {
        long start = windows.slice(sample.time()).start();
        Slice slice = open.computeIfAbsent(start, this::begin);
        Added added = slice.add(id, sample.time(), Codec.sample(sample));
        latestSlice = Math.max(latestSlice, start);
        if (slice instanceof HeldSlice held) {
            boolean fits = budget.add(held.account());
            if (!fits || held.isOutgrown()) {
                Slice moved = new StoredSlice(start, stored);
                held.moveTo(moved);
                letGo(held);
                open.put(start, moved);
            }
        }
        return added;
    }

    /** Stores what came since the last call. */
    public void save() {
        for (Slice slice : open.values()) {
            if (slice instanceof HeldSlice held) {
                held.save();
            }
        }
    }

    /** Lets go of all that is in memory. */
    public void close() {
        for (Slice slice : open.values()) {
            letGo(slice);
        }
        open.clear();
    }

    private void letGo(Slice slice) {
        if (slice instanceof HeldSlice held) {
            budget.add(-held.accountedBytes());
        }
    }

    /** Shows the samples of slices that begin in [from, to): slice by slice, series by series, in order of time. */
    public void forEach(long from, long to, Visitor visitor) {
        slices(from, to).forEach(slice -> slice.forEach(visitor));
    }

    /**
     * Removes the samples of no more than so many series of the earliest slice, which must be there, and shows them as
     * {@link #forEach(long, long, Visitor)} does. The slice takes no more samples then, and is the earliest until all
     * are removed; whoever asks for one of the removed series may still see it.
     */
    public void removeEarliest(int most, Visitor visitor) {
        Slice earliest = open.firstEntry().getValue();
        if (earliest.remove(most, visitor)) {
            letGo(earliest);
            open.pollFirstEntry();
        }
    }

    /** Beginning of the earliest slice that has samples; {@link Long#MAX_VALUE} if none has. */
    public long earliestSlice() {
        return open.isEmpty() ? Long.MAX_VALUE : open.firstKey();
    }

    /** Shows the samples of one series in slices that begin in [from, to), in order of time. */
    public void forEach(SeriesId id, long from, long to, Consumer<Sample> visitor) {
        slices(from, to).forEach(slice -> slice.forEach(id, visitor));
    }

    /** Whether the series has samples in slices that begin in [from, to). */
    public boolean has(SeriesId id, long from, long to) {
        for (Slice slice : slices(from, to)) {
            if (slice.has(id)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the series has samples in memory, in the slice of this instant or the one before: it is cheap to ask. */
    public boolean holds(SeriesId id, long time) {
        long start = windows.slice(time).start();
        return isHeld(id, start) || isHeld(id, start - windows.sliceLength());
    }

    private boolean isHeld(SeriesId id, long start) {
        return open.get(start) instanceof HeldSlice held && held.has(id);
    }

    private Collection<Slice> slices(long from, long to) {
        return from < to ? open.subMap(from, to).values() : List.of();
    }

    /** Beginning of the latest slice that ever had a sample; 0 if none had. */
    public long latestSlice() {
        return latestSlice;
    }
}
