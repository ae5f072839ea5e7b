package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Settled;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The series that are remembered. This is where a series begins to exist. */
public final class SeriesStore {
    private static final int RECENT = 1 << 13;

    private final KeyValueStore<Bytes, byte[]> store;
    /** Series that are in the store, by some bits of their id: it spares most points the look-up. */
    private final SeriesId[] recent = new SeriesId[RECENT];

    /** Keeps series in this store. */
    public SeriesStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Makes sure that the point's series is there; true if it is new. */
    public boolean ensure(SeriesId id, MetricPoint point) {
        int slot = slot(id);
        if (id.equals(recent[slot])) {
            return false;
        }
        recent[slot] = id;
        Bytes key = Keys.of(id);
        if (store.get(key) != null) {
            return false;
        }
        store.put(key, new Series(Identity.encode(point), Settled.NOTHING).encode());
        return true;
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
        recent[slot(id)] = null;
        store.delete(Keys.of(id));
    }

    private static int slot(SeriesId id) {
        return (int) id.low() & (RECENT - 1);
    }
}
