package io.tributary.connect.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records that are settled together, in the order in which they were read; some need the store, some do not.
 *
 * @param <T> what the store writes
 */
final class Batch<T> {
    private final List<Entry<T>> entries = new ArrayList<>();
    private long bytes;
    private boolean handedOver;

    /**
     * A record and what it means.
     *
     * @param record as read
     * @param tenant who it belongs to; empty when it could not be read
     * @param mapped what it means
     */
    record Entry<T>(SinkRecord record, String tenant, Mapped<T> mapped) {}

    void add(Entry<T> entry) {
        entries.add(entry);
        bytes += bytes(entry);
    }

    private static long bytes(Entry<?> entry) {
        return entry.mapped() instanceof Mapped.Write<?> write ? write.bytes() : 0;
    }

    /** About how many bytes the store is to be sent. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry<T>> entries() {
        return entries;
    }

    /**
     * Whether the store was given it, and may be at it still. Then nothing is added: what came later could overtake
     * what came before.
     */
    boolean isHandedOver() {
        return handedOver;
    }

    /** What the store is to write; empty if nothing of it needs the store. */
    List<T> handOver() {
        List<T> payloads = new ArrayList<>(entries.size());
        for (Entry<T> entry : entries) {
            if (entry.mapped() instanceof Mapped.Write<T> write) {
                payloads.add(write.payload());
            }
        }
        handedOver = !payloads.isEmpty();
        return payloads;
    }

    /** The fate of every entry, given those of what was handed over. */
    List<Fate> fates(List<Fate> written) {
        List<Fate> fates = new ArrayList<>(entries.size());
        int next = 0;
        for (Entry<T> entry : entries) {
            fates.add(
                    switch (entry.mapped()) {
                        case Mapped.Write<T> ignored -> written.get(next++);
                        case Mapped.Done<T> done -> done.fate();
                    });
        }
        return fates;
    }

    /** Forgets the records of these partitions. */
    void forget(Set<TopicPartition> partitions) {
        entries.removeIf(entry -> partitions.contains(Partitions.of(entry.record())));
        bytes = entries.stream().mapToLong(Batch::bytes).sum();
        handedOver &= !entries.isEmpty();
    }

    void clear() {
        entries.clear();
        bytes = 0;
        handedOver = false;
    }
}
