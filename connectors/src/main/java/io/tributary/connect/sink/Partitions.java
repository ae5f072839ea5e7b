package io.tributary.connect.sink;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What was settled in each partition that the task has, since the last commit. Records settle in the order they were
 * read. A range whose counts are full ends, and what follows has a range of its own.
 */
final class Partitions {
    /** What a full range takes in memory, in bytes: some thousand tenants with a map for each. */
    private static final int FULL_RANGE_BYTES = 1 << 20;

    /** Of each partition the full ranges, the oldest first, and then the open one. */
    private final Map<TopicPartition, Deque<LedgerRange>> ranges = new HashMap<>();

    /** How far the ranges of each partition were ended: what may be committed. */
    private final Map<TopicPartition, OffsetAndMetadata> ended = new HashMap<>();

    static TopicPartition of(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    /** Whether the partition's range has begun. */
    boolean has(TopicPartition partition) {
        return ranges.containsKey(partition);
    }

    /** Where what follows the last commit begins. */
    long from(TopicPartition partition) {
        return ranges.get(partition).getFirst().from();
    }

    /** Begins the partition's range at this offset. */
    void begin(TopicPartition partition, LedgerRange.Source source, long from) {
        Deque<LedgerRange> own = new ArrayDeque<>();
        own.add(new LedgerRange(source, from));
        ranges.put(partition, own);
    }

    /** Counts what became of a record. */
    void settle(SinkRecord record, String tenant, Outcome outcome) {
        Deque<LedgerRange> own = ranges.get(of(record));
        LedgerRange open = own.getLast();
        open.read(record.originalKafkaOffset());
        open.count(tenant, outcome);
        if (open.isFull()) {
            own.add(open.following());
        }
    }

    /** Forgets these partitions: another task has them now. */
    void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(ranges::remove);
        partitions.forEach(ended::remove);
    }

    /** About how many bytes of memory the full ranges take. */
    long fullBytes() {
        long full = 0;
        for (Deque<LedgerRange> own : ranges.values()) {
            full += own.size() - 1;
        }
        return full * FULL_RANGE_BYTES;
    }

    /** Those of these partitions where offsets were passed over in what the next commit covers. */
    Set<TopicPartition> withGaps(Set<TopicPartition> among) {
        return ranges.entrySet().stream()
                .filter(one ->
                        among.contains(one.getKey()) && one.getValue().stream().anyMatch(LedgerRange::hasGaps))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Notes the first offsets that these partitions hold, now that they were read: what is missing below expired. */
    void expiredAmongGaps(Map<TopicPartition, Long> held) {
        held.forEach((partition, first) -> ranges.get(partition).forEach(range -> range.expiredAmongGaps(first)));
    }

    /** Entries for all that was settled in these partitions since the last commit. */
    List<LedgerEntry> progress(Set<TopicPartition> among) {
        return ranges.entrySet().stream()
                .filter(one -> among.contains(one.getKey()))
                .flatMap(one -> one.getValue().stream())
                .filter(Partitions::isBegun)
                .map(LedgerRange::entry)
                .toList();
    }

    /**
     * Ends the ranges of these partitions, and returns how far all of them ever were ended. What did not move is told
     * again: whether Kafka took a commit is known to the worker only, which leaves out what is committed.
     */
    Map<TopicPartition, OffsetAndMetadata> close(Set<TopicPartition> among) {
        ranges.forEach((partition, own) -> {
            if (among.contains(partition) && isBegun(own.getFirst())) {
                LedgerRange next = own.getLast().following();
                own.clear();
                own.add(next);
                ended.put(partition, new OffsetAndMetadata(next.from()));
            }
        });
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>(ended);
        offsets.keySet().retainAll(among);
        return offsets;
    }

    private static boolean isBegun(LedgerRange range) {
        return range.next() > range.from();
    }
}
