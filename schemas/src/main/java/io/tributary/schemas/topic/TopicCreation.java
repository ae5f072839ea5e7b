package io.tributary.schemas.topic;

import io.tributary.schemas.failure.RetryableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates topics with explicit settings. A topic that is there already is left as it is, so that operators may change
 * it.
 */
public final class TopicCreation {
    private static final int VISIBLE_TRIES = 250;
    private static final long VISIBLE_PAUSE_NANOS = 20_000_000;

    private final Admin admin;
    private final Optional<Short> replication;
    private final OptionalInt minInSync;

    /** Creates through this admin client; without a replication factor the broker's default is taken. */
    public TopicCreation(Admin admin, Optional<Short> replication) {
        this(admin, replication, OptionalInt.empty());
    }

    /**
     * Creates through this admin client; what is not given is the broker's default.
     *
     * @param replication how many copies there are
     * @param minInSync how many copies must have a record before it counts as written ({@code min.insync.replicas})
     */
    public TopicCreation(Admin admin, Optional<Short> replication, OptionalInt minInSync) {
        this.admin = admin;
        this.replication = replication;
        this.minInSync = minInSync;
    }

    /**
     * Creates those of the topics that are missing, each with its dead-letter topic, and returns when all of them take
     * records; {@link RetryableException} if Kafka is away.
     */
    public void create(Collection<Topic<?, ?>> topics) {
        List<Topic<?, ?>> all = topics.stream()
                .<Topic<?, ?>>flatMap(topic -> Stream.of(topic, Topics.deadLetters(topic)))
                .toList();
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = all.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(this::describe)
                .toList();
        for (Map.Entry<String, KafkaFuture<Void>> creation :
                admin.createTopics(missing).values().entrySet()) {
            try {
                await(creation.getValue());
            } catch (RetryableException e) {
                // Another service was faster: the topic is there, which is all that is wanted.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitVisible(missing.stream().map(NewTopic::name).toList());
        awaitLeaders(all.stream().map(Topic::name).toList());
    }

    /**
     * The controller answers before every broker knows of a new topic; whoever asks at once would be told that there is
     * none.
     */
    private void awaitVisible(List<String> names) {
        for (int tries = 0; tries < VISIBLE_TRIES; tries++) {
            if (await(admin.listTopics().names()).containsAll(names)) {
                return;
            }
            LockSupport.parkNanos(VISIBLE_PAUSE_NANOS);
        }
        throw new RetryableException("create topics: created, but not known to the broker yet: " + names);
    }

    /**
     * A broker tells of a new partition before it leads it. Of an idempotent producer's requests under way the first
     * may be refused and a later one taken, since the leader knows of none before; the first is then out of order for
     * as long as it is sent again. Where leaders answer, that is over, whoever created the topic.
     */
    private void awaitLeaders(List<String> names) {
        Map<TopicPartition, OffsetSpec> led = new HashMap<>();
        for (TopicDescription topic :
                await(admin.describeTopics(names).allTopicNames()).values()) {
            topic.partitions().stream()
                    // One that has none is not new: its brokers are away, which nobody must wait for.
                    .filter(partition -> partition.leader() != null)
                    .forEach(partition ->
                            led.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        var _ = await(admin.listOffsets(led).all());
    }

    private NewTopic describe(Topic<?, ?> topic) {
        TopicSettings settings = topic.settings();
        Map<String, String> config = new HashMap<>(settings.toConfig());
        minInSync.ifPresent(copies -> config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(copies)));
        return new NewTopic(topic.name(), Optional.of(settings.partitions()), replication).configs(config);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new RetryableException("create topics: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("create topics: interrupted", e);
        }
    }
}
