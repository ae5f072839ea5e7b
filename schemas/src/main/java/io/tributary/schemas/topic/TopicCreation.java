package io.tributary.schemas.topic;

import io.tributary.schemas.failure.RetryableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
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

    /** Creates through this admin client; without a replication factor the broker's default is taken. */
    public TopicCreation(Admin admin, Optional<Short> replication) {
        this.admin = admin;
        this.replication = replication;
    }

    /**
     * Creates those of the topics that are missing, each with its dead-letter topic; {@link RetryableException} if
     * Kafka is away.
     */
    public void create(Collection<Topic<?, ?>> topics) {
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = topics.stream()
                .flatMap(topic -> Stream.of(topic, Topics.deadLetters(topic)))
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

    private NewTopic describe(Topic<?, ?> topic) {
        TopicSettings settings = topic.settings();
        return new NewTopic(topic.name(), Optional.of(settings.partitions()), replication).configs(settings.toConfig());
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
