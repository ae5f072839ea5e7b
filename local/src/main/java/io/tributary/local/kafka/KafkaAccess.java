package io.tributary.local.kafka;

import io.tributary.schemas.failure.RetryableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Brokers, and how to be let in. Clients give up after ten seconds without an answer; they throw
 * {@link RetryableException} if they cannot be made of the settings.
 *
 * @param bootstrapServers {@code host:port} of some brokers, separated by commas
 * @param settings further settings of every client, such as {@code security.protocol}
 */
public record KafkaAccess(String bootstrapServers, Map<String, String> settings) {
    private static final int PATIENCE_MS = 10_000;

    public KafkaAccess {
        settings = Map.copyOf(settings);
    }

    /** Brokers that let everybody in. */
    public static KafkaAccess open(String bootstrapServers) {
        return new KafkaAccess(bootstrapServers, Map.of());
    }

    public Admin admin() {
        return make(
                Admin::create,
                Map.of(
                        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS));
    }

    /** A consumer of committed records that joins no group, with settings of its own. */
    public KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        return make(
                config -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()), all);
    }

    /** A producer with settings of its own. */
    public Producer<byte[], byte[]> producer(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(own);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        return make(config -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()), all);
    }

    private <T> T make(Function<Map<String, Object>, T> client, Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try {
            return client.apply(all);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** What a client's failure means, for people. */
    public RetryableException failure(KafkaException failure) {
        String what = switch (failure) {
            case TimeoutException _ ->
                "no answer from " + bootstrapServers
                        + " (expected: a running system; ./tributary up starts one, and --command-config says"
                        + " how another one lets us in)";
            case AuthenticationException _ ->
                bootstrapServers + " does not let us in: " + reason(failure)
                        + " (expected: a log-in that it knows, by --command-config)";
            default -> bootstrapServers + ": " + reason(failure);
        };
        return new RetryableException("kafka: " + what, failure);
    }

    /** Kafka's clients wrap what is the matter. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
    }
}
