package io.tributary.connect.sink;

import io.tributary.schemas.failure.RetryableException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group's consumption of a partition begins, and where the partition itself does. The first record that a task
 * is given may come later than both, since offsets of transaction markers hold no record; the ledger must cover them
 * all the same.
 */
final class SourceOffsets implements AutoCloseable {
    private final Admin admin;
    private final String group;

    SourceOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * The committed offset of the partition or, without one, the first offset that the partition holds.
     *
     * @param first the offset of the first record that was read; the answer is never after it
     */
    long start(TopicPartition partition, long first) {
        ListConsumerGroupOffsetsResult committed = admin.listConsumerGroupOffsets(group);
        Map<TopicPartition, OffsetAndMetadata> offsets = await(committed.partitionsToOffsetAndMetadata());
        OffsetAndMetadata offset = offsets.get(partition);
        long begin = offset != null ? offset.offset() : held(Set.of(partition)).get(partition);
        return Math.min(begin, first);
    }

    /** The first offset that each partition holds. */
    Map<TopicPartition, Long> held(Set<TopicPartition> partitions) {
        ListOffsetsResult earliest = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.earliest())));
        return partitions.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        partition -> await(earliest.partitionResult(partition)).offset()));
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new RetryableException(
                    "read offsets of topics: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("read offsets of topics: interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
