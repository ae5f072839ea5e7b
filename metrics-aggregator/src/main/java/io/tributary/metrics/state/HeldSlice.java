package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.schemas.identity.SeriesId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A slice whose samples are in memory, in the bytes of its {@link Journal}: what came since the last commit is the
 * journal's next entry, and all entries one after the other are the slice again.
 *
 * <p>A row is a sample: the number of its series; how far back the previous row of the series begins, or 0 and the
 * series' id; how long after the slice's beginning it was; its length; and itself. A row whose time an earlier one has
 * replaces that.
 */
final class HeldSlice implements Slice {
    /** An entry of the journal is written when it has so many bytes, if no commit comes before. */
    static final int ENTRY_BYTES = 256 << 10;
    /** If more rows than this must be looked at to find one, a store finds it as quickly. */
    private static final int MANY_ROWS = 256;

    /**
     * A slice that has more bytes moves to the store in any case: half a million samples are moved in some seconds, and
     * a transaction may take no more than ten.
     */
    private static final int LARGE_BYTES = 15 << 20;

    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 16;

    private record Row(int number, int previous, long time, int from, int to) {}

    private final long start;
    private final Journal journal;
    private final StateWriter rows = new StateWriter();
    private final SeriesIndex series = new SeriesIndex();
    /** Of each series, by its number: where its latest row begins. */
    private int[] latestRows = new int[FIRST_CAPACITY];
    /** Of each series, by its number: the latest time of a sample. */
    private long[] latestTimes = new long[FIRST_CAPACITY];

    private int saved;
    private int entries;
    /** How many series are removed, in their order. */
    private int removed;

    private int savedRemoved;
    /** The order in which they are removed, if any was since the start. */
    private int[] leaving;

    private boolean crowded;
    private long accountedBytes;

    HeldSlice(long start, Journal journal) {
        this.start = start;
        this.journal = journal;
        this.removed = journal.removed(start);
        this.savedRemoved = removed;
    }

    /** Adds the next entry of the journal, in their order. */
    void restore(byte[] entry) {
        int row = rows.length();
        rows.putBytes(entry);
        while (row < rows.length()) {
            StateReader in = new StateReader(rows.array(), row);
            in.takeInt();
            SeriesId id = in.takeInt() == 0 ? new SeriesId(in.takeFixed(), in.takeFixed()) : null;
            Row read = row(row);
            note(id == null ? read.number : series.add(id), row, read.time);
            row = read.to;
        }
        saved = rows.length();
        entries++;
    }

    @Override
    public PointStore.Added add(SeriesId id, long time, byte[] sample) {
        int number = series.find(id);
        int found = number == NONE || time > latestTimes[number] ? NONE : find(number, time);
        int order = found == NONE ? 1 : compare(sample, row(found));
        if (order > 0) {
            append(number, id, time, sample);
        }
        return found == NONE
                ? PointStore.Added.NEW
                : order == 0 ? PointStore.Added.DUPLICATE : PointStore.Added.CONFLICT;
    }

    private int find(int number, long time) {
        int looked = 0;
        int row = latestRows[number];
        while (row != NONE) {
            Row read = row(row);
            if (read.time == time) {
                break;
            }
            row = read.previous;
            looked++;
        }
        crowded |= looked > MANY_ROWS;
        return row;
    }

    private int compare(byte[] sample, Row present) {
        return Arrays.compareUnsigned(sample, 0, sample.length, rows.array(), present.from, present.to);
    }

    private void append(int known, SeriesId id, long time, byte[] sample) {
        int row = rows.length();
        if (known == NONE) {
            rows.putLong(series.size()).putLong(0).putFixed(id.high()).putFixed(id.low());
        } else {
            rows.putLong(known).putLong(row - latestRows[known]);
        }
        rows.putLong(time - start).putLong(sample.length).putBytes(sample);
        note(known == NONE ? series.add(id) : known, row, time);
        if (rows.length() - saved >= ENTRY_BYTES) {
            save();
        }
    }

    private void note(int number, int row, long time) {
        if (number == latestRows.length) {
            latestRows = Arrays.copyOf(latestRows, 2 * number);
            latestTimes = Arrays.copyOf(latestTimes, 2 * number);
        }
        latestRows[number] = row;
        latestTimes[number] = Math.max(latestTimes[number], time);
    }

    private Row row(int begin) {
        StateReader in = new StateReader(rows.array(), begin);
        int number = in.takeInt();
        int back = in.takeInt();
        if (back == 0) {
            in.skip(SeriesId.BYTES);
        }
        long time = start + in.takeLong();
        int length = in.takeInt();
        return new Row(number, back == 0 ? NONE : begin - back, time, in.position(), in.position() + length);
    }

    /** Stores what came since the last call. */
    void save() {
        if (saved < rows.length()) {
            journal.put(start, entries++, rows.toBytes(saved));
            saved = rows.length();
        }
        if (savedRemoved < removed) {
            journal.putRemoved(start, removed);
            savedRemoved = removed;
        }
    }

    /** Whether it has come to have so many samples that a store is the better place for them. */
    boolean isOutgrown() {
        return crowded || rows.length() > LARGE_BYTES;
    }

    /** How much more memory it takes than at the last call, in bytes: at first, all that it takes. */
    long account() {
        long before = accountedBytes;
        accountedBytes = rows.array().length + series.bytes() + (long) (Integer.BYTES + Long.BYTES) * latestRows.length;
        return accountedBytes - before;
    }

    /** How much memory it took at the last {@link #account}, in bytes. */
    long accountedBytes() {
        return accountedBytes;
    }

    /** Moves all samples to another slice. */
    void moveTo(Slice other) {
        for (int row = 0; row < rows.length(); ) {
            Row read = row(row);
            other.add(series.id(read.number), read.time, Arrays.copyOfRange(rows.array(), read.from, read.to));
            row = read.to;
        }
        journal.remove(start, entries);
    }

    @Override
    public boolean has(SeriesId id) {
        return series.find(id) != NONE;
    }

    @Override
    public void forEach(SeriesId id, Consumer<Sample> visitor) {
        int number = series.find(id);
        if (number != NONE) {
            forEach(number, visitor);
        }
    }

    private void forEach(int number, Consumer<Sample> visitor) {
        List<Sample> samples = new ArrayList<>();
        Row read;
        for (int row = latestRows[number]; row != NONE; row = read.previous) {
            read = row(row);
            samples.add(Codec.sample(read.time, new StateReader(rows.array(), read.from)));
        }
        // The latest came first and stays so among those of the same time.
        samples.sort(Comparator.comparingLong(Sample::time));
        long shown = Long.MIN_VALUE;
        for (Sample sample : samples) {
            if (sample.time() != shown) {
                visitor.accept(sample);
                shown = sample.time();
            }
        }
    }

    @Override
    public void forEach(PointStore.Visitor visitor) {
        show(series.ordered(), removed, series.size(), visitor);
    }

    @Override
    public boolean remove(int most, PointStore.Visitor visitor) {
        if (leaving == null) {
            leaving = series.ordered();
        }
        int from = removed;
        removed = (int) Math.min((long) from + most, series.size());
        show(leaving, from, removed, visitor);
        if (removed < series.size()) {
            return false;
        }
        journal.remove(start, entries);
        return true;
    }

    /** Shows the samples of series by their places in the order, which is the same when they were restored. */
    private void show(int[] order, int from, int to, PointStore.Visitor visitor) {
        for (int place = from; place < to; place++) {
            SeriesId id = series.id(order[place]);
            forEach(order[place], sample -> visitor.visit(start, id, sample));
        }
    }
}
