package io.tributary.local.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Consumer groups.
 *
 * @param commits what every group has committed
 * @param readings what the groups that are stages have committed or are assigned
 */
record KafkaGroups(Map<Reading, Long> commits, Set<Reading> readings) {
    /** Kafka Connect names a sink's group after the connector. */
    private static final String SINK = "connect-";

    private static final String CONSUMER = "consumer";

    /**
     * The commits of all groups, and what the stages that the catalogue names and all sinks read. Commits of open
     * transactions are awaited.
     */
    static KafkaGroups read(Admin admin, Catalogue catalogue) throws InterruptedException {
        List<String> groups = KafkaAnswer.of("groups", admin.listGroups().all()).stream()
                .filter(group -> group.protocol().equals(CONSUMER) || group.isSimpleConsumerGroup())
                .map(GroupListing::groupId)
                .toList();
        List<String> stages = groups.stream()
                .filter(id -> id.startsWith(SINK) || catalogue.stages().containsKey(id))
                .toList();
        Map<Reading, Long> commits = commits(admin, groups);
        Set<Reading> readings = new TreeSet<>(assignments(admin, stages));
        commits.keySet().stream()
                .filter(reading -> stages.contains(reading.stage()))
                .forEach(readings::add);
        return new KafkaGroups(commits, readings);
    }

    static SourcePartition source(TopicPartition partition) {
        return new SourcePartition(partition.topic(), partition.partition());
    }

    private static Map<Reading, Long> commits(Admin admin, Collection<String> groups) throws InterruptedException {
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> all = groups.stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        var stable = new ListConsumerGroupOffsetsOptions().requireStable(true);
        Map<Reading, Long> commits = new HashMap<>();
        KafkaAnswer.of("groups", admin.listConsumerGroupOffsets(all, stable).all())
                .forEach((stage, offsets) -> offsets.forEach(
                        (partition, offset) -> put(commits, new Reading(stage, source(partition)), offset)));
        return commits;
    }

    private static void put(Map<Reading, Long> commits, Reading reading, OffsetAndMetadata offset) {
        // Null means that the group once committed there, and that the commit has expired.
        if (offset != null) {
            commits.put(reading, offset.offset());
        }
    }

    private static Set<Reading> assignments(Admin admin, Collection<String> stages) throws InterruptedException {
        Set<Reading> readings = new TreeSet<>();
        Map<String, ConsumerGroupDescription> descriptions =
                KafkaAnswer.of("groups", admin.describeConsumerGroups(stages).all());
        descriptions.forEach((stage, description) -> description.members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .forEach(partition -> readings.add(new Reading(stage, source(partition)))));
        return readings;
    }
}
