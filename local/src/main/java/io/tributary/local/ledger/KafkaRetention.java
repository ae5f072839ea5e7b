package io.tributary.local.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** How long a topic keeps its records. */
final class KafkaRetention {

    private KafkaRetention() {}

    /** The topic's {@code retention.ms}; empty if it keeps them for ever. */
    static Optional<Duration> of(Admin admin, String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        String millis = KafkaAnswer.of(
                        "the configuration of " + topic,
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(TopicConfig.RETENTION_MS_CONFIG)
                .value();
        return Optional.of(Duration.ofMillis(Long.parseLong(millis))).filter(kept -> !kept.isNegative());
    }
}
