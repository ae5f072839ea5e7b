package io.tributary.alerts.stream;

import io.tributary.alerts.evaluation.StateLog;
import io.tributary.alerts.retention.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** States in a state store that is in memory, which count against the budget. */
final class StoreStateLog implements StateLog {
    /** What rule groups remember is there as bytes and as objects, which take about as much again. */
    private static final long BYTES_A_BYTE = 2;

    private final KeyValueStore<String, byte[]> store;
    private final MemoryBudget budget;
    private long taken;

    /** The states in the store. */
    StoreStateLog(KeyValueStore<String, byte[]> store, MemoryBudget budget) {
        this.store = store;
        this.budget = budget;
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> take(entry.value.length));
        }
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    @Override
    public byte[] get(String key) {
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        byte[] before = store.get(key);
        store.put(key, value);
        take((value == null ? 0 : value.length) - (before == null ? 0 : before.length));
    }

    private void take(long bytes) {
        taken += BYTES_A_BYTE * bytes;
        budget.take(BYTES_A_BYTE * bytes);
    }

    /** Gives back the room that they take; not to be used afterwards. */
    void close() {
        take(-taken / BYTES_A_BYTE);
    }
}
