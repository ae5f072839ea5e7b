package io.tributary.connect.sink;

import io.tributary.schemas.failure.RetryableException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group's consumption of a partition begins. The first record that a task is given may come later, since
 * offsets of transaction markers hold no record; the ledger must cover them all the same.
 */
final class StartOffsets implements AutoCloseable {
    private final Admin admin;
    private final String group;

    StartOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * The committed offset of the partition or, without one, the first offset that the partition holds.
     *
     * @param first the offset of the first record that was read; the answer is never after it
     */
    long of(TopicPartition partition, long first) {
        ListConsumerGroupOffsetsResult committed = admin.listConsumerGroupOffsets(group);
        Map<TopicPartition, OffsetAndMetadata> offsets = await(committed.partitionsToOffsetAndMetadata());
        OffsetAndMetadata offset = offsets.get(partition);
        long begin = offset != null
                ? offset.offset()
                : await(admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                                .partitionResult(partition))
                        .offset();
        return Math.min(begin, first);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new RetryableException(
                    "read committed offsets: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("read committed offsets: interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
