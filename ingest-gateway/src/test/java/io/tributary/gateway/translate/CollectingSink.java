package io.tributary.gateway.translate;

import io.tributary.gateway.validate.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a translator gives. */
public final class CollectingSink<K, V> implements RecordSink<K, V> {
    private final List<K> keys = new ArrayList<>();
    private final List<V> accepted = new ArrayList<>();
    private final List<V> derived = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    @Override
    public void accept(K key, V value) {
        keys.add(key);
        accepted.add(value);
    }

    @Override
    public void accept(K key, V value, long nanos) {
        accept(key, value);
        times.add(nanos);
    }

    @Override
    public void derive(K key, V value) {
        derived.add(value);
    }

    @Override
    public void refuse(Refusal reason) {
        refused.add(reason);
    }

    public List<K> keys() {
        return keys;
    }

    public List<V> accepted() {
        return accepted;
    }

    /** The times of records that have nothing else to be known by. */
    public List<Long> times() {
        return times;
    }

    public List<V> derived() {
        return derived;
    }

    public List<Refusal> refused() {
        return refused;
    }
}
