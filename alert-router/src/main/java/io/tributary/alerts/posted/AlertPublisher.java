package io.tributary.alerts.posted;

import io.tributary.alerts.label.AlertKey;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Publishes posted alerts. The producer must demand {@code acks=all}. Safe for use by many threads. */
public final class AlertPublisher {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Producer<byte[], byte[]> producer;
    private final Topic<String, Alert> topic;

    /** Publishes through this producer to this topic; the producer stays the caller's. */
    public AlertPublisher(Producer<byte[], byte[]> producer, Topic<String, Alert> topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Returns once Kafka has acknowledged all of them; {@link RetryableException} if it has not, and
     * {@link IllegalArgumentException} if it has, but for some that are larger than it ever takes.
     */
    public void publish(List<Alert> alerts) {
        try {
            List<Future<?>> acknowledgements = new ArrayList<>();
            for (Alert alert : alerts) {
                byte[] key = topic.encodeKey(AlertKey.of(alert.getTenant(), alert.getFingerprint()));
                acknowledgements.add(producer.send(new ProducerRecord<>(topic.name(), key, topic.encodeValue(alert))));
            }
            List<String> tooLarge = new ArrayList<>();
            for (Future<?> acknowledgement : acknowledgements) {
                await(acknowledgement, tooLarge);
            }
            if (!tooLarge.isEmpty()) {
                throw new IllegalArgumentException("alerts: " + String.join("; ", tooLarge));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("alerts not acknowledged: interrupted", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new RetryableException("alerts not acknowledged: " + e.getMessage(), e);
        }
    }

    private static void await(Future<?> acknowledgement, List<String> tooLarge)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            acknowledgement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException cause)) {
                throw e;
            }
            tooLarge.add(cause.getMessage());
        }
    }
}
