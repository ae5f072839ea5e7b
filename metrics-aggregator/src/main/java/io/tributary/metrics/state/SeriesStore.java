package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Settled;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The series that are remembered, and how many there are. This is where a series begins to exist. */
public final class SeriesStore {
    private static final int RECENT = 1 << 16;

    private final KeyValueStore<Bytes, byte[]> store;
    private final SeriesCounts counts;
    /** Series that are in the store, by some bits of their id: it spares most points the look-up. */
    private final SeriesId[] recent = new SeriesId[RECENT];

    /** Keeps series in this store, and counts them. */
    public SeriesStore(KeyValueStore<Bytes, byte[]> store, SeriesCounts counts) {
        this.store = store;
        this.counts = counts;
    }

    /** Whether the series is remembered. */
    public boolean has(SeriesId id) {
        int slot = slot(id);
        if (id.equals(recent[slot])) {
            return true;
        }
        if (store.get(Keys.of(id)) == null) {
            return false;
        }
        recent[slot] = id;
        return true;
    }

    /** Remembers the point's series, which must not be there. */
    public void begin(SeriesId id, MetricPoint point) {
        recent[slot(id)] = id;
        store.put(Keys.of(id), new Series(Identity.encode(point), Settled.NOTHING).encode());
        counts.add(point.getTenant(), point.getName(), 1);
    }

    /** How many are remembered. */
    public SeriesCounts counts() {
        return counts;
    }

    /** The series with this id, which must be there. */
    public Series get(SeriesId id) {
        byte[] bytes = store.get(Keys.of(id));
        if (bytes == null) {
            throw new IllegalStateException(
                    "series: " + id + " is forgotten (expected: remembered while it has points)");
        }
        return Series.decode(bytes);
    }

    /** Keeps the series as it is now. */
    public void put(SeriesId id, Series series) {
        store.put(Keys.of(id), series.encode());
    }

    /** Forgets the series. */
    public void remove(SeriesId id) {
        Identity identity = get(id).identity();
        counts.add(identity.tenant(), identity.name(), -1);
        recent[slot(id)] = null;
        store.delete(Keys.of(id));
    }

    private static int slot(SeriesId id) {
        return (int) id.low() & (RECENT - 1);
    }
}
