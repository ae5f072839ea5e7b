package io.tributary.runtime.source;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which of the partitions that a process reads it has fetched up to their ends, as its consumers last heard from Kafka.
 * That no record comes says that there is none only where this is so: the process may as well be slow, or Kafka. For
 * any thread.
 */
public final class SourceLag {
    private final Set<TopicPartition> without = ConcurrentHashMap.newKeySet();

    /** Whether everything that is committed in the partition was fetched; false while that is not known. */
    public boolean isZero(TopicPartition partition) {
        return without.contains(partition);
    }

    /** Notes how many records of a partition that is read are still to be fetched; empty if that is not known. */
    public void note(TopicPartition partition, OptionalLong records) {
        if (records.isPresent() && records.getAsLong() == 0) {
            without.add(partition);
        } else {
            without.remove(partition);
        }
    }
}
