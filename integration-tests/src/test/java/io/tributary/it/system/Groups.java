package io.tributary.it.system;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Consumer groups, looked at and set by Kafka's own administration. */
public final class Groups implements AutoCloseable {
    private final Admin admin;

    public Groups(Tributary tributary) {
        admin = Admin.create(Map.of("bootstrap.servers", tributary.bootstrapServers()));
    }

    /** How many members of the group have partitions. */
    public long members(String group) {
        return await(admin.describeConsumerGroups(java.util.List.of(group)).all()).get(group).members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    /** The offset that the group reads next. */
    public long committed(String group, TopicPartition partition) {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(partition)
                .offset();
    }

    /** Makes the group, of which no member may run, read this offset next. */
    public void commit(String group, TopicPartition partition, long offset) {
        await(admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                .all());
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
