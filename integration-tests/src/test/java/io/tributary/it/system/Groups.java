package io.tributary.it.system;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Consumer groups, looked at and set by Kafka's own administration. */
public final class Groups implements AutoCloseable {
    private final Admin admin;

    public Groups(Tributary tributary) {
        admin = Admin.create(Map.of("bootstrap.servers", tributary.bootstrapServers()));
    }

    /** How many processes have members in the group: consumers, threads of Kafka Streams, or workers of Connect. */
    public long instances(String group) {
        return await(admin.describeClassicGroups(List.of(group)).all()).get(group).members().stream()
                .map(Groups::process)
                .distinct()
                .count();
    }

    /** The threads of one process of Kafka Streams have its id in their names; of others, a member is a process. */
    private static String process(MemberDescription member) {
        int thread = member.clientId().indexOf("-StreamThread-");
        return thread < 0 ? member.consumerId() : member.clientId().substring(0, thread);
    }

    /** The offset that the group reads next. */
    public long committed(String group, TopicPartition partition) {
        return committed(group).get(partition);
    }

    /** The offsets that the group reads next. */
    public Map<TopicPartition, Long> committed(String group) {
        return await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** The partition of the topic of which most is left to read for the group. */
    public TopicPartition furthestBehind(String group, String topic) {
        Map<TopicPartition, Long> committed = committed(group);
        committed.keySet().removeIf(partition -> !partition.topic().equals(topic));
        Map<TopicPartition, OffsetSpec> latest = committed.keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return await(admin.listOffsets(latest).all()).entrySet().stream()
                .max(Comparator.comparingLong(end -> end.getValue().offset() - committed.get(end.getKey())))
                .orElseThrow()
                .getKey();
    }

    /** Makes the group, of which no member may run, read this offset next. */
    public void commit(String group, TopicPartition partition, long offset) {
        commit(group, Map.of(partition, offset));
    }

    /** Makes the group, of which no member may run, read all that is left of these topics again. */
    public void rewind(String group, Predicate<String> topics) {
        Map<TopicPartition, OffsetSpec> earliest = committed(group).keySet().stream()
                .filter(partition -> topics.test(partition.topic()))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.earliest()));
        commit(
                group,
                await(admin.listOffsets(earliest).all()).entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().offset())));
    }

    /** Deletes the changelogs in which this application of Kafka Streams keeps its state. */
    public void forgetState(String application) {
        List<String> own = await(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(application + '-'))
                .toList();
        await(admin.deleteTopics(own).all());
    }

    private void commit(String group, Map<TopicPartition, Long> offsets) {
        await(admin.alterConsumerGroupOffsets(
                        group,
                        offsets.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, entry -> new OffsetAndMetadata(entry.getValue()))))
                .all());
    }

    static <T> T await(KafkaFuture<T> future) {
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
