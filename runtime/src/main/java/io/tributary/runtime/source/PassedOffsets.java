package io.tributary.runtime.source;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the consumers of a process know of offsets that they pass over. Most hold no record: transaction markers,
 * aborted and compacted records. But records may also have been removed from the topic, by its retention or by hand,
 * before they were read, and somebody may have set the group's offsets ahead. For any thread.
 */
public final class PassedOffsets {
    /** Under this name the configuration of Kafka Streams holds it for the stages of a topology. */
    public static final String CONFIG = "tributary.passed.offsets";

    /**
     * What a consumer wanted to read, and was not there any more.
     *
     * @param from the first of its offsets
     * @param to the first offset that is there again; the same if nothing expired, but the log was cut or made anew
     */
    public record Expired(long from, long to) {
        private static final Expired NOTHING = new Expired(0, 0);
    }

    private final Map<TopicPartition, Expired> expired = new ConcurrentHashMap<>();
    private final Set<TopicPartition> resumed = ConcurrentHashMap.newKeySet();

    /** Notes what of the partition could not be read. */
    public void expired(TopicPartition partition, Expired offsets) {
        expired.put(partition, offsets);
    }

    /** What of the partition could not be read, the last time that this happened; empty if it never did. */
    public Expired expired(TopicPartition partition) {
        return expired.getOrDefault(partition, Expired.NOTHING);
    }

    /** Notes what is committed where a consumer begins to read; null if nothing is. */
    public void committed(TopicPartition partition, OffsetAndMetadata offset) {
        // Kafka Streams writes the partition's time with each offset; Kafka's tools write none.
        if (offset != null && !offset.metadata().isEmpty()) {
            resumed.add(partition);
        } else {
            resumed.remove(partition);
        }
    }

    /** Whether reading went on where Kafka Streams itself had committed: nothing but what expired was left out. */
    public boolean isResumed(TopicPartition partition) {
        return resumed.contains(partition);
    }
}
