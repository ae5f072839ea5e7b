package io.tributary.it.system;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** The copies that brokers keep of every topic, Kafka's own included. */
public final class Replicas implements AutoCloseable {
    private final Admin admin;

    public Replicas(Tributary tributary) {
        admin = Admin.create(Map.of("bootstrap.servers", tributary.bootstrapServers()));
    }

    /** Which numbers of copies partitions have. */
    public Set<Integer> ofEveryTopic() {
        return topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .map(partition -> partition.replicas().size())
                .collect(Collectors.toSet());
    }

    /** How many copies of the topic must have a record before it counts as written. */
    public int demanded(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Integer.parseInt(
                Groups.await(admin.describeConfigs(List.of(resource)).all())
                        .get(resource)
                        .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                        .value());
    }

    /** Whether every copy of every partition has all records. */
    public boolean allInSync() {
        return topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    private Collection<TopicDescription> topics() {
        Set<String> names = Groups.await(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        return Groups.await(admin.describeTopics(names).allTopicNames()).values();
    }

    @Override
    public void close() {
        admin.close();
    }
}
