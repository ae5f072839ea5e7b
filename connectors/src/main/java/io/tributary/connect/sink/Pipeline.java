package io.tributary.connect.sink;

import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.ledger.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Takes records in the order they are read, writes them to the store in batches in that order, and knows how far each
 * partition is settled. When the store, the registry or Kafka is away, {@link #flush()} throws and everything that is
 * not settled waits for the next call.
 *
 * @param <T> what the store writes
 */
final class Pipeline<T> {
    /** What a record takes in memory beside its key and value: what Connect keeps with it, and the original for it. */
    private static final int HELD_BYTES = 350;

    private final RecordDecoder decoder;
    private final Store<T> store;
    private final Journal journal;
    private final ToLongBiFunction<TopicPartition, Long> startOffsets;
    private final Function<Set<TopicPartition>, Map<TopicPartition, Long>> heldOffsets;
    private final String instance;
    private final long batchBytes;

    private final Deque<SinkRecord> waiting = new ArrayDeque<>();
    private final Batch<T> batch = new Batch<>();
    private final Partitions partitions = new Partitions();
    private final Map<TopicPartition, Long> readTo = new HashMap<>();
    private long recordBytes;

    /**
     * A pipeline into the store.
     *
     * @param startOffsets where consumption of a partition began, given the first record's offset
     * @param heldOffsets the first offset that each of some partitions holds
     * @param instance the task, as the ledger names it
     * @param batchBytes about how many bytes a request has
     */
    Pipeline(
            RecordDecoder decoder,
            Store<T> store,
            Journal journal,
            ToLongBiFunction<TopicPartition, Long> startOffsets,
            Function<Set<TopicPartition>, Map<TopicPartition, Long>> heldOffsets,
            String instance,
            long batchBytes) {
        this.decoder = decoder;
        this.store = store;
        this.journal = journal;
        this.startOffsets = startOffsets;
        this.heldOffsets = heldOffsets;
        this.instance = instance;
        this.batchBytes = batchBytes;
    }

    /**
     * Takes records over; they are settled by {@link #flush()}. A partition whose offsets turn back holds other records
     * now: a leader was elected that lacked the end of the log, or the topic was made anew. It is forgotten, as what is
     * under way of it need not be there any more.
     *
     * @return from where such partitions must be read again, so that nothing is left out
     */
    Map<TopicPartition, Long> accept(Collection<SinkRecord> records) {
        Map<TopicPartition, Long> again = new HashMap<>();
        for (SinkRecord record : records) {
            TopicPartition partition = Partitions.of(record);
            long offset = record.originalKafkaOffset();
            if (offset < readTo.getOrDefault(partition, 0L)) {
                again.put(partition, Math.min(offset, firstUncommitted(partition)));
                forget(Set.of(partition));
            } else if (!again.containsKey(partition)) {
                readTo.put(partition, offset + 1);
                waiting.add(record);
                recordBytes += bytes(record);
            }
        }
        return again;
    }

    private long firstUncommitted(TopicPartition partition) {
        if (partitions.has(partition)) {
            return partitions.from(partition);
        }
        return waiting.stream()
                .filter(record -> Partitions.of(record).equals(partition))
                .mapToLong(SinkRecord::originalKafkaOffset)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * About how many bytes all that is not settled takes in memory: records, and what the store is to be sent for them,
     * or is still at for records that were forgotten. Also what is settled and fills ledger entries.
     */
    long waitingBytes() {
        // A batch that was handed over is among what the store is at.
        return recordBytes + Math.max(batch.bytes(), store.bytesInFlight()) + partitions.fullBytes();
    }

    /** Whether what is settled fills ledger entries, which take memory: the commit should not wait for its time. */
    boolean isCommitDue() {
        return partitions.fullBytes() > 0;
    }

    /** Whether nothing waits. */
    boolean isIdle() {
        return waiting.isEmpty() && batch.isEmpty();
    }

    /** Settles all that waits, up to where the store is still at it: {@link #isIdle()} tells whether that is all. */
    void flush() {
        boolean settled = true;
        while (settled && !isIdle()) {
            fill();
            settled = settle();
        }
    }

    private void fill() {
        while (!waiting.isEmpty() && !batch.isHandedOver() && batch.bytes() < batchBytes) {
            SinkRecord record = waiting.peek();
            begin(record);
            batch.add(read(record));
            waiting.remove();
        }
    }

    private void begin(SinkRecord record) {
        TopicPartition partition = Partitions.of(record);
        if (!partitions.has(partition)) {
            long from = startOffsets.applyAsLong(partition, record.originalKafkaOffset());
            partitions.begin(
                    partition, journal.source(instance, decoder, partition.topic(), partition.partition()), from);
        }
    }

    private Batch.Entry<T> read(SinkRecord record) {
        String tenant = "";
        try {
            Decoded decoded = decoder.decode(record);
            tenant = decoded.tenant();
            return new Batch.Entry<>(record, tenant, store.map(decoded));
        } catch (RejectedException e) {
            return new Batch.Entry<>(record, tenant, new Mapped.Done<>(new Fate.Refused(e)));
        }
    }

    /** Settles the batch; false if the store has it still. */
    private boolean settle() {
        List<T> payloads = batch.handOver();
        Optional<List<Fate>> written = payloads.isEmpty() ? Optional.of(List.of()) : store.write(payloads);
        if (written.isEmpty()) {
            return false;
        }
        List<Fate> fates = batch.fates(written.get());
        List<Journal.Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i) instanceof Fate.Refused refused) {
                rejections.add(new Journal.Rejection(batch.entries().get(i).record(), refused.cause()));
            }
        }
        journal.bury(rejections);
        for (int i = 0; i < fates.size(); i++) {
            Batch.Entry<T> entry = batch.entries().get(i);
            Outcome outcome = fates.get(i) instanceof Fate.Settled settled ? settled.outcome() : Outcome.DEAD_LETTERED;
            partitions.settle(entry.record(), entry.tenant(), outcome);
            recordBytes -= bytes(entry.record());
        }
        batch.clear();
        return true;
    }

    /**
     * Publishes the ledger entries of what is settled in these partitions, and returns the offsets to commit: also
     * those that were returned before, whose commit may have been refused.
     */
    Map<TopicPartition, OffsetAndMetadata> commit(Set<TopicPartition> among) {
        Set<TopicPartition> withGaps = partitions.withGaps(among);
        if (!withGaps.isEmpty()) {
            partitions.expiredAmongGaps(heldOffsets.apply(withGaps));
        }
        journal.publish(partitions.progress(among));
        return partitions.close(among);
    }

    /**
     * Forgets partitions that another task has now; what is not settled there, that task reads again. What the store is
     * at it cannot take back.
     */
    void forget(Collection<TopicPartition> lost) {
        Set<TopicPartition> gone = Set.copyOf(lost);
        waiting.removeIf(record -> gone.contains(Partitions.of(record)));
        batch.forget(gone);
        recordBytes = Stream.concat(waiting.stream(), batch.entries().stream().map(Batch.Entry::record))
                .mapToLong(Pipeline::bytes)
                .sum();
        partitions.forget(gone);
        readTo.keySet().removeAll(gone);
    }

    private static long bytes(SinkRecord record) {
        return length(record.key()) + length(record.value()) + HELD_BYTES;
    }

    private static long length(Object bytes) {
        return bytes instanceof byte[] array ? array.length : 0;
    }
}
