package io.tributary.runtime.config;

import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the missing topics and registers the schemas in the background, and tries again until Kafka and the registry
 * are there. A service so starts, and tells by its health what it waits for, in whatever order the parts of the system
 * come up.
 */
public final class TopicsAtStart implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Topic<?, ?>> topics;
    private final TopicCreation creation;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean running;
    private volatile String waitingFor = "not started";

    /** Provides these topics by this means. */
    public TopicsAtStart(Topics topics, TopicCreation creation) {
        this(topics, List.of(), creation);
    }

    /** Provides these topics, and further ones that the service keeps to itself. */
    public TopicsAtStart(Topics topics, List<? extends Topic<?, ?>> further, TopicCreation creation) {
        this.topics = Stream.concat(topics.all().stream(), further.stream()).toList();
        this.creation = creation;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("topics-at-start").daemon().start(this::provide);
    }

    private void provide() {
        String said = "";
        while (running && !ready.isDone()) {
            try {
                waitingFor = "topics to be created";
                creation.create(topics);
                for (Topic<?, ?> topic : topics) {
                    waitingFor = "schemas of " + topic.name() + " to be registered";
                    topic.registerSchemas();
                }
                ready.complete(null);
            } catch (RetryableException e) {
                if (!e.getMessage().equals(said)) {
                    LOG.info("Waiting: {}", e.getMessage());
                }
                said = e.getMessage();
                waitingFor = said;
                LockSupport.parkNanos(RETRY_NANOS);
            } catch (RuntimeException e) {
                // A refused schema does not mend by itself: whoever waits must hear of it.
                LOG.error("Topics cannot be provided: {}", e.getMessage());
                waitingFor = e.getMessage();
                ready.completeExceptionally(e);
            }
        }
    }

    /** Completes when every topic is there and every schema is registered; exceptionally if a schema is refused. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Whether every topic is there. */
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** What is missing, for people; without meaning once ready. */
    public String waitingFor() {
        return waitingFor;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all to start. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
