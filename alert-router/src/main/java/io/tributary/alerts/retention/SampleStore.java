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
import java.util.TreeMap;

/**
 * The samples of a task, in chunks, each of which is in a log too. For one thread.
 *
 * <p>The log has two kinds of entries: under a series' id its labels, and under id and time of the first sample a
 * chunk. In the order of keys, labels come before chunks and earlier chunks before later ones, which {@link #restore}
 * relies on.
 */
public final class SampleStore {
    private static final int SERIES_BYTES = 400;
    private static final int CHUNK_BYTES = 120;
    /** Beyond it, names and values are shared anew. */
    private static final int MOST_TEXTS = 1 << 20;

    private final ChunkLog log;
    private final MemoryBudget budget;
    private final Map<SeriesId, StoredSeries> all = new LinkedHashMap<>();
    private final Map<String, List<StoredSeries>> byName = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
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
        StoredSeries series = new StoredSeries(id, share(tenant), share(labels));
        put(series);
        log.put(id.toBytes(), StateBytes.encode(series, LABELS));
        return Optional.of(series);
    }

    /** Adds a sample; the histogram is null if it is a number, and the number a staleness marker if it is none. */
    public Appended append(StoredSeries series, long time, double value, NativeHistogram histogram) {
        Appended appended = series.append(time, value, histogram);
        if (appended == Appended.STORED) {
            Chunk chunk = series.newest();
            log.put(key(series, chunk), chunk.bytes());
            take(chunk.first() == time ? CHUNK_BYTES : 2);
        }
        return appended;
    }

    /** Forgets what lies wholly before the time. */
    public void expire(StoredSeries series, long before) {
        for (Chunk chunk = series.expire(before); chunk != null; chunk = series.expire(before)) {
            log.delete(key(series, chunk));
            take(-CHUNK_BYTES - chunk.bytes().length);
        }
    }

    /** Forgets series: all at once, since each metric's are gone through. */
    public void remove(Collection<StoredSeries> those) {
        Set<String> metrics = new HashSet<>();
        for (StoredSeries series : those) {
            series.leave();
            all.remove(series.id());
            metrics.add(series.labels().get(Labels.NAME));
            for (Chunk chunk : series.chunks()) {
                log.delete(key(series, chunk));
                take(-CHUNK_BYTES - chunk.bytes().length);
            }
            log.delete(series.id().toBytes());
            take(-SERIES_BYTES);
        }
        for (String metric : metrics) {
            List<StoredSeries> named = byName.get(metric);
            named.removeIf(StoredSeries::isGone);
            if (named.isEmpty()) {
                byName.remove(metric);
            }
        }
    }

    /** Takes an entry back from the log, in the order of keys. */
    public void restore(byte[] key, byte[] value) {
        if (key.length == SeriesId.BYTES) {
            StoredSeries read = StateBytes.decode(value, LABELS);
            put(new StoredSeries(read.id(), share(read.tenant()), share(read.labels())));
        } else {
            ByteBuffer buffer = ByteBuffer.wrap(key);
            all.get(new SeriesId(buffer.getLong(), buffer.getLong())).restore(new Chunk(value));
            take(CHUNK_BYTES + value.length);
        }
    }

    /** Gives back the room that it takes; not to be used afterwards. */
    public void close() {
        take(-taken);
    }

    private void put(StoredSeries series) {
        all.put(series.id(), series);
        byName.computeIfAbsent(series.labels().get(Labels.NAME), unseen -> new ArrayList<>())
                .add(series);
        take(SERIES_BYTES);
    }

    private void take(long bytes) {
        taken += bytes;
        budget.take(bytes);
    }

    private static byte[] key(StoredSeries series, Chunk chunk) {
        return ByteBuffer.allocate(SeriesId.BYTES + Long.BYTES)
                .put(series.id().toBytes())
                .putLong(chunk.first())
                .array();
    }

    /** Series have few different names and values between them. */
    private Labels share(Labels labels) {
        Map<String, String> shared = new TreeMap<>();
        labels.forEach((name, value) -> shared.put(share(name), share(value)));
        return Labels.of(shared);
    }

    private String share(String text) {
        if (texts.size() > MOST_TEXTS) {
            texts.clear();
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
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
