package io.tributary.local.kafka;

import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;

/**
 * A Tributary, as far as it is on Kafka.
 *
 * @param access its brokers
 * @param topicPrefix what the names of its topics begin with; may be empty
 * @param registryUrl the base of the schema registry's Confluent API
 */
public record KafkaTarget(KafkaAccess access, String topicPrefix, String registryUrl) {

    /** Its topics. */
    public Topics topics() {
        return Topics.of(topicPrefix, new SchemaRegistry(registryUrl));
    }
}
