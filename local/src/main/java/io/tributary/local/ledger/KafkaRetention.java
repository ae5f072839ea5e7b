package io.tributary.local.ledger;

import io.tributary.schemas.failure.RetryableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;

/** How long a topic keeps its records. */
final class KafkaRetention {

    private KafkaRetention() {}

    /** The topic's {@code retention.ms}; empty if it keeps them for ever. */
    static Optional<Duration> of(Admin admin, String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            String millis = admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get(TopicConfig.RETENTION_MS_CONFIG)
                    .value();
            return Optional.of(Duration.ofMillis(Long.parseLong(millis))).filter(kept -> !kept.isNegative());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException timeout) {
                throw timeout;
            }
            throw new RetryableException(
                    "kafka: the configuration of " + topic + " cannot be read: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }
}
