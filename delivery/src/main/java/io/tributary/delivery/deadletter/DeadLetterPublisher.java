package io.tributary.delivery.deadletter;

import io.tributary.delivery.retry.Backoff;
import io.tributary.schemas.deadletter.DeadLetter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes dead letters, trying without end. The producer must demand {@code acks=all} and take records as large as
 * the dead-letter topics do. Safe for use by many threads; never blocks its caller.
 */
public final class DeadLetterPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterPublisher.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Producer<byte[], byte[]> producer;
    private final Backoff backoff;
    private final AtomicLong bytes = new AtomicLong();
    // Sending may block while Kafka is away, and the caller must go on polling.
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dead-letters").factory());

    /** Publishes through this producer, which stays the caller's; chance comes from this generator. */
    public DeadLetterPublisher(Producer<byte[], byte[]> producer, RandomGenerator random) {
        this.producer = producer;
        this.backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    /** Publishes the dead letter; completes when Kafka has acknowledged it, and never exceptionally. */
    public CompletableFuture<Void> publish(DeadLetter letter) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        long size = size(letter.key()) + size(letter.value());
        bytes.addAndGet(size);
        sender.execute(() -> send(letter, 1, () -> {
            bytes.addAndGet(-size);
            acknowledged.complete(null);
        }));
        return acknowledged;
    }

    /** How many bytes of keys and values wait for their acknowledgement. */
    public long bytesInFlight() {
        return bytes.get();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void send(DeadLetter letter, int attempt, Runnable acknowledged) {
        try {
            producer.send(letter.toRecord(), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.run();
                } else {
                    again(letter, attempt, acknowledged, failure);
                }
            });
        } catch (RuntimeException e) {
            again(letter, attempt, acknowledged, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // send catches every failure
    private void again(DeadLetter letter, int attempt, Runnable acknowledged, Exception failure) {
        LOG.warn(
                "dead letter of {}-{}@{} not taken, attempt {}: {}",
                letter.topic(),
                letter.partition(),
                letter.offset(),
                attempt,
                failure.toString());
        if (!sender.isShutdown()) {
            long pause = backoff.after(attempt).toMillis();
            sender.schedule(() -> send(letter, attempt + 1, acknowledged), pause, TimeUnit.MILLISECONDS);
        }
    }

    private static long size(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** Stops trying. What was not acknowledged is not settled, so that it is read and rejected again. */
    @Override
    public void close() {
        sender.shutdownNow();
    }
}
