package io.tributary.schemas.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How a topic is created.
 *
 * @param partitions how many partitions; at least 1
 * @param retention how long records stay; without meaning where nothing is deleted by age
 * @param cleanup which records are removed in time
 * @param compression the broker's compression: {@code zstd}, {@code lz4}, or {@code producer} to keep the producer's
 * @param maxMessageBytes the largest record batch, in bytes, that the topic takes
 */
public record TopicSettings(
        int partitions, Duration retention, Cleanup cleanup, String compression, int maxMessageBytes) {

    /** Which records are removed in time. Kafka: topic configuration, {@code cleanup.policy}. */
    public enum Cleanup {
        /** Those older than the retention. */
        DELETE("delete"),
        /** All but the newest of each key. */
        COMPACT("compact"),
        /** Both. */
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }

    /** These settings as Kafka's topic configuration. */
    public Map<String, String> toConfig() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                cleanup.policy,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()),
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                compression,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(maxMessageBytes));
    }
}
