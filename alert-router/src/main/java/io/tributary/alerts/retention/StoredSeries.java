package io.tributary.alerts.retention;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.Series;
import io.tributary.schemas.identity.SeriesId;
import java.util.ArrayList;
import java.util.List;

/** The newest samples of one series, in chunks of which the last is open. */
public final class StoredSeries implements Series {
    /** This object with its id, its labels but for their texts, and its places in maps and lists. */
    private static final long SERIES_BYTES = 260;
    /** A label's name and value as references. */
    private static final long LABEL_BYTES = 8;

    private final SeriesId id;
    private final String tenant;
    private final Labels labels;
    /** Chunks that are not open, in order of time. */
    private final List<Chunk> full = new ArrayList<>(0);

    private long fullBytes;
    /** Null before the first sample and, until the next, after the series was restored. */
    private ChunkWriter open;

    private long back;
    private boolean gone;
    private double lastValue;
    private NativeHistogram lastHistogram;

    StoredSeries(SeriesId id, String tenant, Labels labels) {
        this.id = id;
        this.tenant = tenant;
        this.labels = labels;
    }

    /** Identifies it among all tenants. */
    public SeriesId id() {
        return id;
    }

    /** Whose it is. */
    public String tenant() {
        return tenant;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    /** How long before an evaluation its samples may count, in milliseconds. */
    public long back() {
        return back;
    }

    /** Sets {@link #back}. */
    public void back(long millis) {
        back = millis;
    }

    /** The time of the newest sample, in milliseconds since the epoch; the least number if there is none. */
    public long last() {
        return open != null
                ? open.last()
                : full.isEmpty() ? Long.MIN_VALUE : full.getLast().last();
    }

    /** Bytes that it takes, about, but for the texts of its labels. */
    long bytes() {
        return SERIES_BYTES + LABEL_BYTES * labels.size() + fullBytes + (open == null ? 0 : open.bytes());
    }

    @Override
    public void read(long from, long to, Samples into) {
        for (Chunk chunk : full) {
            chunk.read(from, to, into);
        }
        if (open != null && open.last() >= from && open.first() <= to) {
            open.chunk().read(from, to, into);
        }
    }

    /** Whether its store keeps it no longer. */
    public boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    Appended append(long time, double value, NativeHistogram histogram) {
        if (time < last()) {
            return Appended.OUT_OF_ORDER;
        }
        resume();
        if (time == last()) {
            return isLast(value, histogram) ? Appended.DUPLICATE : Appended.CONFLICT;
        }
        if (open == null || !open.takes(value, histogram)) {
            if (open != null) {
                close(open.chunk());
            }
            open = new ChunkWriter(histogram == null ? Layout.OF_NUMBERS : Layout.of(histogram), time);
        }
        open.add(time, value, histogram);
        lastValue = value;
        lastHistogram = histogram;
        return Appended.STORED;
    }

    private void close(Chunk chunk) {
        full.add(chunk);
        fullBytes += chunk.heldBytes();
    }

    /** Opens the last chunk again. */
    private void resume() {
        if (open != null || full.isEmpty()) {
            return;
        }
        Samples newest = newestOfFull();
        open = ChunkWriter.resume(remove(full.size() - 1));
        lastValue = newest.value(0);
        lastHistogram = newest.histogram(0);
    }

    private Samples newestOfFull() {
        Chunk last = full.getLast();
        Samples newest = new Samples();
        last.read(last.last(), last.last(), newest);
        return newest;
    }

    private Chunk remove(int chunk) {
        Chunk removed = full.remove(chunk);
        fullBytes -= removed.heldBytes();
        return removed;
    }

    private boolean isLast(double value, NativeHistogram histogram) {
        return histogram == null
                ? lastHistogram == null && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(lastValue)
                : histogram.equals(lastHistogram);
    }

    /** Takes a chunk back from the log, in the place of the last if that is an earlier state of it. */
    void restore(Chunk chunk) {
        if (!full.isEmpty() && full.getLast().first() == chunk.first()) {
            remove(full.size() - 1);
        }
        close(chunk);
    }

    /** Takes back from the log that the chunk that begins at this time was removed. */
    void restoreRemoval(long first) {
        for (int i = 0; i < full.size(); i++) {
            if (full.get(i).first() == first) {
                var _ = remove(i);
                return;
            }
        }
    }

    Chunk newest() {
        return open.chunk();
    }

    /** Removes and returns the oldest chunk if all its samples are before the time and others follow; else null. */
    Chunk expire(long before) {
        int following = full.size() - (open == null ? 1 : 0);
        return following > 0 && full.getFirst().last() < before ? remove(0) : null;
    }

    List<Chunk> chunks() {
        List<Chunk> all = new ArrayList<>(full);
        if (open != null) {
            all.add(open.chunk());
        }
        return all;
    }

    @Override
    public String toString() {
        return labels.toString();
    }
}
