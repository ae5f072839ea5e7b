package io.tributary.metrics.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many series are remembered, by tenant and by metric. What changed is in memory until it is saved: thousands of
 * series begin at once, most of them of few metrics. A metric without any has no entry.
 */
public final class SeriesCounts {
    /** If more changed, all is saved before the next commit: names of metrics may be ever new ones. */
    private static final int MOST_CHANGED = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Bytes, Long> changed = new HashMap<>();

    /** Keeps counts in this store. */
    public SeriesCounts(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Series of the tenant. */
    public long of(String tenant) {
        return get(key(tenant, ""));
    }

    /** Series of the tenant's metric. */
    public long of(String tenant, String metric) {
        return get(key(tenant, metric));
    }

    void add(String tenant, String metric, int series) {
        add(key(tenant, ""), series);
        add(key(tenant, metric), series);
    }

    private void add(Bytes key, int series) {
        changed.put(key, get(key) + series);
        if (changed.size() > MOST_CHANGED) {
            save();
        }
    }

    /** Stores what changed since the last call. */
    void save() {
        changed.forEach(this::put);
        changed.clear();
    }

    private void put(Bytes key, long count) {
        store.put(
                key,
                count <= 0
                        ? null
                        : ByteBuffer.allocate(Long.BYTES).putLong(count).array());
    }

    private long get(Bytes key) {
        Long since = changed.get(key);
        if (since != null) {
            return since;
        }
        byte[] count = store.get(key);
        return count == null ? 0 : ByteBuffer.wrap(count).getLong();
    }

    /** No tenant's name has a zero byte, and no metric's name is empty. */
    private static Bytes key(String tenant, String metric) {
        return Bytes.wrap((tenant + '\0' + metric).getBytes(StandardCharsets.UTF_8));
    }
}
