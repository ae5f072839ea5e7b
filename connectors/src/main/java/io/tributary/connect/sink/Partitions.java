package io.tributary.connect.sink;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What was settled in each partition that the task has, since the last commit. Records settle in the order they were
 * read.
 */
final class Partitions {
    private final Map<TopicPartition, LedgerRange> ranges = new HashMap<>();

    static TopicPartition of(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    /** Whether the partition's range has begun. */
    boolean has(TopicPartition partition) {
        return ranges.containsKey(partition);
    }

    /** Begins the partition's range at this offset. */
    void begin(TopicPartition partition, LedgerRange.Source source, long from) {
        ranges.put(partition, new LedgerRange(source, from));
    }

    /** Counts what became of a record. */
    void settle(SinkRecord record, String tenant, Outcome outcome) {
        LedgerRange range = ranges.get(of(record));
        range.read(record.originalKafkaOffset());
        range.count(tenant, outcome);
    }

    /** Forgets these partitions: another task has them now. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(ranges::remove);
    }

    /** Those of these partitions where offsets were passed over since the last commit. */
    Set<TopicPartition> withGaps(Set<TopicPartition> among) {
        return ranges.entrySet().stream()
                .filter(one -> among.contains(one.getKey()) && one.getValue().hasGaps())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Notes the first offsets that these partitions hold, now that they were read: what is missing below expired. */
    void expiredAmongGaps(Map<TopicPartition, Long> held) {
        held.forEach((partition, first) -> ranges.get(partition).expiredAmongGaps(first));
    }

    /** Entries for what was settled in these partitions since the last commit. */
    Map<TopicPartition, LedgerEntry> progress(Set<TopicPartition> among) {
        Map<TopicPartition, LedgerEntry> progress = new HashMap<>();
        ranges.forEach((partition, range) -> {
            if (among.contains(partition) && range.next() > range.from()) {
                progress.put(partition, range.entry());
            }
        });
        return progress;
    }

    /** Ends the range of each, and returns the offset that follows. */
    Map<TopicPartition, OffsetAndMetadata> close(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            offsets.put(
                    partition,
                    new OffsetAndMetadata(ranges.get(partition).close().getTo()));
        }
        return offsets;
    }
}
