package io.tributary.metrics.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How many series are remembered, by tenant and by metric. A metric without any has no entry. */
public final class SeriesCounts {
    private final KeyValueStore<Bytes, byte[]> store;

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
        long count = get(key) + series;
        if (count <= 0) {
            store.delete(key);
        } else {
            store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(count).array());
        }
    }

    private long get(Bytes key) {
        byte[] count = store.get(key);
        return count == null ? 0 : ByteBuffer.wrap(count).getLong();
    }

    /** No tenant's name has a zero byte, and no metric's name is empty. */
    private static Bytes key(String tenant, String metric) {
        return Bytes.wrap((tenant + '\0' + metric).getBytes(StandardCharsets.UTF_8));
    }
}
