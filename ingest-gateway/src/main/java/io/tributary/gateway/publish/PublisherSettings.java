package io.tributary.gateway.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How records are published.
 *
 * @param maxBytesWaiting how many bytes of records may wait for Kafka's acknowledgement
 * @param maxRecordBytes how large a single record may be, dead letters included
 * @param deliveryTimeout how long a record is tried, until the client is told to send it again
 * @param linger how long the producer waits for a batch to fill
 * @param batchBytes size of a batch, in bytes
 * @param compression {@code zstd}, {@code lz4}, {@code snappy}, {@code gzip} or {@code none}
 * @param patience how long a request waits for bytes to become free before it is turned away
 * @param requestTime after which time from its first record on a request waits for no more bytes, as nobody waits for
 *     its answer
 */
public record PublisherSettings(
        int maxBytesWaiting,
        int maxRecordBytes,
        Duration deliveryTimeout,
        Duration linger,
        int batchBytes,
        String compression,
        Duration patience,
        Duration requestTime) {

    // Topics are all known from the start on; none may be forgotten, since to ask for it again would take a request's
    // time.
    private static final Duration NEVER = Duration.ofDays(365);

    /** The producer's configuration, over that of every client. */
    public Map<String, Object> producerConfig(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
        config.put(ProducerConfig.LINGER_MS_CONFIG, (int) linger.toMillis());
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, batchBytes);
        // Records of the budget, a batch begun for each partition, and the dead letter that a record may become.
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * maxBytesWaiting + maxRecordBytes);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        // A thread that decodes never waits for Kafka here: the budget is where it waits.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0L);
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryTimeout.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) deliveryTimeout.toMillis() / 2);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000L);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }
}
