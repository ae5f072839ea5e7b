package io.tributary.metrics.state;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Up to where windows are closed. It is kept, because a point that was late before a restart must be late after it. */
public final class ClosedMark {
    private static final Bytes KEY = Keys.of(0);

    private final KeyValueStore<Bytes, byte[]> store;

    /** Keeps the mark in this store. */
    public ClosedMark(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** In nanoseconds since the epoch UTC; 0 before any window was closed. */
    public long get() {
        byte[] bytes = store.get(KEY);
        return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    /** Sets the mark. */
    public void set(long closed) {
        store.put(KEY, ByteBuffer.allocate(Long.BYTES).putLong(closed).array());
    }
}
