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
    private final SeriesId id;
    private final String tenant;
    private final Labels labels;
    /** Chunks that are full, in order of time. */
    private final List<Chunk> full = new ArrayList<>(1);

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
        return open == null ? Long.MIN_VALUE : open.last();
    }

    /** Whether the newest sample says that the series has ended. */
    public boolean isStale() {
        return Samples.isStale(lastValue);
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
        if (time == last()) {
            return isLast(value, histogram) ? Appended.DUPLICATE : Appended.CONFLICT;
        }
        if (open == null || !open.takes(value, histogram)) {
            if (open != null) {
                full.add(open.chunk());
            }
            open = new ChunkWriter(histogram == null ? Layout.OF_NUMBERS : Layout.of(histogram), time);
        }
        open.add(time, value, histogram);
        lastValue = value;
        lastHistogram = histogram;
        return Appended.STORED;
    }

    private boolean isLast(double value, NativeHistogram histogram) {
        return histogram == null
                ? lastHistogram == null && Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(lastValue)
                : histogram.equals(lastHistogram);
    }

    /** Takes a chunk back from the log; later chunks come later. */
    void restore(Chunk chunk) {
        if (open != null) {
            full.add(open.chunk());
        }
        open = ChunkWriter.resume(chunk);
        Samples newest = new Samples();
        chunk.read(chunk.last(), chunk.last(), newest);
        lastValue = newest.value(0);
        lastHistogram = newest.histogram(0);
    }

    Chunk newest() {
        return open.chunk();
    }

    /** Removes and returns the oldest chunk if all its samples are before the time and others follow; else null. */
    Chunk expire(long before) {
        return !full.isEmpty() && full.getFirst().last() < before ? full.removeFirst() : null;
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
