package io.tributary.gateway.ledger;

import io.tributary.gateway.publish.KafkaRecordPublisher;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.topic.Topic;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what the gateway counted: every second while something changes, and a last time at the end. */
public final class LedgerPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerPublisher.class);
    private static final long PERIOD_SECONDS = 1;
    private static final long LAST_SECONDS = 5;

    private final TimeSlices slices;
    private final Topic<String, LedgerEntry> topic;
    private final KafkaRecordPublisher publisher;
    private final InstantSource clock;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger").daemon().factory());

    /** Publishes these slices to this topic, once it is started. */
    public LedgerPublisher(
            TimeSlices slices, Topic<String, LedgerEntry> topic, KafkaRecordPublisher publisher, InstantSource clock) {
        this.slices = slices;
        this.topic = topic;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Begins to publish. */
    public void start() {
        var _ = schedule.scheduleWithFixedDelay(this::publishQuietly, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void publishQuietly() {
        try {
            publish();
        } catch (RuntimeException e) {
            // An exception would end the schedule; the registry or Kafka may be back in a second.
            LOG.warn("ledger entries: not published: {}", e.toString());
        }
    }

    /** Waits for the acknowledgement, so that an older state of a slice can never replace a newer one. */
    private void publish() {
        boolean acknowledged = false;
        try {
            List<CompletableFuture<Boolean>> sent =
                    slices.due(clock.millis()).stream().map(this::send).toList();
            acknowledged = sent.stream().allMatch(CompletableFuture::join);
        } finally {
            slices.published(acknowledged);
        }
    }

    private CompletableFuture<Boolean> send(LedgerEntry entry) {
        byte[] key = topic.encodeKey(LedgerKey.of(entry));
        return publisher.publishOne(topic.name(), key, topic.encodeValue(entry), clock.millis());
    }

    /** Publishes what is left, if Kafka takes it in time, and ends. */
    @Override
    public void close() {
        schedule.execute(this::publishQuietly);
        schedule.shutdown();
        try {
            if (!schedule.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("ledger entries: the last ones are not on Kafka");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
