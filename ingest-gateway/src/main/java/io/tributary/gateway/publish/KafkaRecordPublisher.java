package io.tributary.gateway.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.gateway.translate.RecordSink;
import io.tributary.gateway.translate.Translator;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the records of requests with {@code acks=all}. Memory is bounded by a budget of bytes; a thread that finds
 * it used up waits a moment, and then its request is turned away. Safe for use by many threads.
 */
public final class KafkaRecordPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRecordPublisher.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<byte[], byte[]>> producers;
    private final ByteBudget budget;
    private final long patienceNanos;
    private final long requestNanos;
    private final MeterRegistry meters;
    private volatile Producer<byte[], byte[]> producer;

    /** A publisher with a producer of its own; the client's configuration says where Kafka is. */
    public KafkaRecordPublisher(
            PublisherSettings settings, Map<String, Object> client, ByteBudget budget, MeterRegistry meters) {
        this(() -> new KafkaProducer<>(settings.producerConfig(client)), settings, budget, meters);
    }

    KafkaRecordPublisher(
            Supplier<Producer<byte[], byte[]>> producers,
            PublisherSettings settings,
            ByteBudget budget,
            MeterRegistry meters) {
        this.producers = producers;
        this.producer = producers.get();
        this.budget = budget;
        this.patienceNanos = settings.patience().toNanos();
        this.requestNanos = settings.requestTime().toNanos();
        this.meters = meters;
        meters.gauge("tributary.gateway.bytes.waiting", budget, ByteBudget::taken);
    }

    /** Whether the producer knows these topics; if not, it is asked to find out, and the call is to be repeated. */
    public boolean knows(Collection<String> topics) {
        boolean all = true;
        for (String topic : topics) {
            try {
                all &= !producer.partitionsFor(topic).isEmpty();
            } catch (TimeoutException e) {
                // Not waited for: asking began the look-up.
                all = false;
            } catch (KafkaException e) {
                // An idempotent producer whose credentials were refused once never gets over it.
                LOG.warn("producer: {}; another one begins", e.getMessage());
                producer.close(Duration.ZERO);
                producer = producers.get();
                return false;
            }
        }
        return all;
    }

    /**
     * Publishes every record of the request. The future completes when each is settled, never exceptionally; the call
     * itself waits only for bytes to become free.
     *
     * @param hash of the request's bytes; see {@link io.tributary.schemas.identity.EventId}
     */
    public <Q, K, V> CompletableFuture<Tally> publish(
            Topic<K, V> topic, Translator<Q, K, V> translator, Q request, long hash, String tenant, TimeRules times) {
        Publication<K, V> publication = new Publication<>(
                this, topic, hash, TimeUnit.NANOSECONDS.toMillis(times.now()), System.nanoTime() + requestNanos);
        return publication.settle(
                translator.count(request), translate(topic, translator, request, tenant, times, publication));
    }

    /** What becomes of the records that were not given to Kafka, if there are any. */
    private static <Q, K, V> Refusal translate(
            Topic<K, V> topic,
            Translator<Q, K, V> translator,
            Q request,
            String tenant,
            TimeRules times,
            RecordSink<K, V> sink) {
        try {
            translator.translate(request, tenant, times, sink);
        } catch (OverloadedException | RetryableException e) {
            LOG.debug("{}: {}", topic.name(), e.getMessage());
        } catch (RuntimeException e) {
            // Sent again, the request would meet the same fault. What was given before it is on its way, and counts.
            LOG.error("{}: records of a request are refused for a fault of the gateway", topic.name(), e);
            return Refusal.DEFECT;
        }
        return Refusal.UNAVAILABLE;
    }

    /** Publishes one record of the gateway's own; the future tells whether Kafka has it, and never fails. */
    public CompletableFuture<Boolean> publishOne(String topic, byte[] key, byte[] value, long timestampMillis) {
        CompletableFuture<Boolean> published = new CompletableFuture<>();
        send(new ProducerRecord<>(topic, null, timestampMillis, key, value), failure -> {
            if (failure != null) {
                failed(topic, failure);
            }
            published.complete(failure == null);
        });
        return published;
    }

    void send(ProducerRecord<byte[], byte[]> message, Consumer<@Nullable Exception> settled) {
        try {
            var _ = producer.send(message, (metadata, failure) -> settled.accept(failure));
        } catch (RuntimeException e) {
            settled.accept(e);
        }
    }

    /** Waits until what was given is settled: acknowledged, or given up when its time was over. */
    public void flush() {
        try {
            producer.flush();
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes the bytes, and waits for them only until this {@link System#nanoTime}. */
    void takeBytes(int bytes, long latest) {
        try {
            if (!budget.tryTake(bytes) && !budget.tryTake(bytes, Math.min(patienceNanos, latest - System.nanoTime()))) {
                throw new OverloadedException(
                        "bytes waiting for Kafka: " + budget.taken() + ", and " + bytes + " more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("interrupted");
        }
    }

    void giveBackBytes(int bytes) {
        budget.giveBack(bytes);
    }

    void failed(String topic, Exception failure) {
        String error = failure.getClass().getSimpleName();
        LOG.debug("{}: not published: {}", topic, error);
        meters.counter("tributary.gateway.publish.failures", "topic", topic, "error", error)
                .increment();
    }

    /** Sends what waits, and ends. */
    @Override
    public void close() {
        try {
            producer.close(CLOSE);
        } catch (InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }
}
