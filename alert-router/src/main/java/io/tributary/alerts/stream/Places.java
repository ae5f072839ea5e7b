package io.tributary.alerts.stream;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * The shards that a record is for: numbers of which the rest by the number of shards is taken. It is the record's key
 * until its partitions are chosen, and is not written.
 */
final class Places {
    /** All shards. */
    static final Places EVERYWHERE = new Places(true);

    private final boolean everywhere;
    private final int[] hashes;

    private Places(boolean everywhere, int... hashes) {
        this.everywhere = everywhere;
        this.hashes = hashes;
    }

    /** The shards of these numbers. */
    static Places of(int... hashes) {
        return new Places(false, hashes);
    }

    boolean isEmpty() {
        return hashes.length == 0 && !everywhere;
    }

    Set<Integer> partitions(int count) {
        Set<Integer> partitions = new HashSet<>();
        if (everywhere) {
            for (int i = 0; i < count; i++) {
                partitions.add(i);
            }
        }
        for (int hash : hashes) {
            partitions.add(Math.floorMod(hash, count));
        }
        return partitions;
    }

    /** Sends a record to each of its shards. */
    static StreamPartitioner<Places, Routed> partitioner() {
        return (topic, places, routed, count) -> Optional.of(places.partitions(count));
    }

    /** Writes nothing and reads null. */
    static Serde<Places> serde() {
        return Serdes.serdeFrom((topic, places) -> null, (topic, bytes) -> null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Places places
                && everywhere == places.everywhere
                && Arrays.equals(hashes, places.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }
}
