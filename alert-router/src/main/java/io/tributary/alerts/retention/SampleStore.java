package io.tributary.alerts.retention;

import io.tributary.alerts.state.StateBytes;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.schemas.identity.SeriesId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The samples of a task, in chunks, each of which is in a log too. For one thread.
 *
 * <p>The log has two kinds of entries: under a series' id its labels, and under id and time of the first sample a
 * chunk. Labels are written before chunks and earlier chunks before later ones, which {@link #restore} relies on.
 */
public final class SampleStore {
    private final ChunkLog log;
    private final MemoryBudget budget;
    private final Map<SeriesId, StoredSeries> all = new LinkedHashMap<>();
    private final Map<String, List<StoredSeries>> byName = new HashMap<>();
    private final Texts texts = new Texts();
    /** How many series have left since the texts were gone through. */
    private int left;

    private long taken;

    /** An empty one that writes to the log. */
    public SampleStore(ChunkLog log, MemoryBudget budget) {
        this.log = log;
        this.budget = budget;
    }

    /** The series; null if it is not kept. */
    public StoredSeries get(SeriesId id) {
        return all.get(id);
    }

    /** All series. */
    public Collection<StoredSeries> series() {
        return all.values();
    }

    /** The series of one metric. */
    public List<StoredSeries> named(String metric) {
        return byName.getOrDefault(metric, List.of());
    }

    /** Begins to keep a series; empty if there is no room. */
    public Optional<StoredSeries> create(SeriesId id, String tenant, Labels labels) {
        if (!budget.hasRoom()) {
            return Optional.empty();
        }
        StoredSeries series = put(id, tenant, labels);
        log.put(id.toBytes(), StateBytes.encode(series, LABELS));
        return Optional.of(series);
    }

    /** Adds a sample; the histogram is null if it is a number, and the number a staleness marker if it is none. */
    public Appended append(StoredSeries series, long time, double value, NativeHistogram histogram) {
        long before = series.bytes();
        Appended appended = series.append(time, value, histogram);
        if (appended == Appended.STORED) {
            Chunk chunk = series.newest();
            log.put(key(series, chunk), chunk.bytes());
        }
        take(series.bytes() - before);
        return appended;
    }

    /** Forgets what lies wholly before the time. */
    public void expire(StoredSeries series, long before) {
        long bytes = series.bytes();
        for (Chunk chunk = series.expire(before); chunk != null; chunk = series.expire(before)) {
            log.delete(key(series, chunk));
        }
        take(series.bytes() - bytes);
    }

    /** Forgets series: all at once, since each metric's are gone through. */
    public void remove(Collection<StoredSeries> those) {
        Set<String> metrics = new HashSet<>();
        for (StoredSeries series : those) {
            metrics.add(series.labels().get(Labels.NAME));
            for (Chunk chunk : series.chunks()) {
                log.delete(key(series, chunk));
            }
            log.delete(series.id().toBytes());
            leave(series);
        }
        metrics.forEach(this::removeGone);
        keepTexts();
    }

    private void leave(StoredSeries series) {
        series.leave();
        all.remove(series.id());
        take(-series.bytes());
        left++;
    }

    private void removeGone(String metric) {
        List<StoredSeries> named = byName.get(metric);
        named.removeIf(StoredSeries::isGone);
        if (named.isEmpty()) {
            byName.remove(metric);
        }
    }

    /** Gives up what nobody has any longer: now and then, since all series are gone through. */
    private void keepTexts() {
        if (left > all.size()) {
            left = 0;
            long before = texts.bytes();
            texts.keep(all.values());
            take(texts.bytes() - before);
        }
    }

    /** Takes an entry back from the log, in the order in which they were written; the value is null for a removal. */
    public void restore(byte[] key, byte[] value) {
        ByteBuffer buffer = ByteBuffer.wrap(key);
        StoredSeries series = all.get(new SeriesId(buffer.getLong(), buffer.getLong()));
        if (key.length == SeriesId.BYTES) {
            restoreSeries(series, value);
        } else if (series != null) {
            long before = series.bytes();
            if (value == null) {
                series.restoreRemoval(buffer.getLong());
            } else {
                series.restore(new Chunk(value));
            }
            take(series.bytes() - before);
        }
        // A log that is being cleaned may still have chunks of a series that it no longer has. Their removal follows.
    }

    private void restoreSeries(StoredSeries known, byte[] value) {
        if (value != null && known == null) {
            StoredSeries read = StateBytes.decode(value, LABELS);
            var _ = put(read.id(), read.tenant(), read.labels());
        } else if (value == null && known != null) {
            leave(known);
            removeGone(known.labels().get(Labels.NAME));
            keepTexts();
        }
    }

    /** Gives back the room that it takes; not to be used afterwards. */
    public void close() {
        take(-taken);
    }

    private StoredSeries put(SeriesId id, String tenant, Labels labels) {
        long before = texts.bytes();
        StoredSeries series = new StoredSeries(id, texts.share(tenant), texts.share(labels));
        all.put(id, series);
        byName.computeIfAbsent(series.labels().get(Labels.NAME), unseen -> new ArrayList<>())
                .add(series);
        take(series.bytes() + texts.bytes() - before);
        return series;
    }

    private void take(long bytes) {
        if (bytes != 0) {
            taken += bytes;
            budget.take(bytes);
        }
    }

    private static byte[] key(StoredSeries series, Chunk chunk) {
        return ByteBuffer.allocate(SeriesId.BYTES + Long.BYTES)
                .put(series.id().toBytes())
                .putLong(chunk.first())
                .array();
    }

    private static final StateBytes.Codec<StoredSeries> LABELS = new StateBytes.Codec<>() {
        @Override
        public void write(StoredSeries series, DataOutputStream out) throws IOException {
            out.write(series.id().toBytes());
            StateBytes.writeText(out, series.tenant());
            StateBytes.writeTexts(out, series.labels().toMap());
        }

        @Override
        public StoredSeries read(DataInputStream in) throws IOException {
            SeriesId id = SeriesId.of(in.readNBytes(SeriesId.BYTES));
            return new StoredSeries(id, StateBytes.readText(in), Labels.of(StateBytes.readTexts(in)));
        }
    };
}
