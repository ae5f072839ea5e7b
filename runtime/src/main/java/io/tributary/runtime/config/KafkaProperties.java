package io.tributary.runtime.config;

import io.tributary.schemas.failure.Problems;
import io.tributary.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service reaches Kafka and the schema registry.
 *
 * @param bootstrapServers brokers, as host:port separated by commas
 * @param registryUrl base URL of a schema registry that speaks Confluent's REST API
 * @param topicPrefix put before every topic's name; may be empty
 * @param partitions of topics that are created; at least 1
 * @param replication of topics that are created; absent for the broker's default
 * @param minInSync how many copies of topics that are created must have a record before it counts as written
 *     ({@code min.insync.replicas}), at least 1; absent for the broker's default. Three copies with two of them in sync
 *     outlast the loss of any broker; with the brokers' usual default of 1, a record may be on one broker only
 * @param stateDir where Kafka Streams keeps its stores; may be lost, at the price of reading the changelogs again
 * @param instance name of this instance among those of the same service, for static membership: after a restart it
 *     takes its partitions up at once; absent for dynamic membership
 * @param client further settings for every Kafka client, such as {@code security.protocol}; by environment
 *     {@code TRIBUTARY_KAFKA_CLIENT_SECURITY_PROTOCOL}, and likewise for any other
 * @param streams further settings for Kafka Streams, such as {@code num.standby.replicas}, and for its clients, such as
 *     {@code consumer.session.timeout.ms}; by environment {@code TRIBUTARY_KAFKA_STREAMS_NUM_STANDBY_REPLICAS}, and
 *     likewise for any other
 */
@ConfigurationProperties(prefix = "tributary.kafka", ignoreUnknownFields = false)
public record KafkaProperties(
        @DefaultValue("127.0.0.1:9092") String bootstrapServers,

        @DefaultValue("http://127.0.0.1:8081/apis/ccompat/v7")
        String registryUrl,

        @DefaultValue(Topics.DEFAULT_PREFIX) String topicPrefix,
        @DefaultValue("" + Topics.DEFAULT_PARTITIONS) int partitions,
        @Nullable Short replication,
        @Nullable Integer minInSync,
        @DefaultValue("state") Path stateDir,
        @Nullable String instance,
        @DefaultValue Map<String, String> client,
        @DefaultValue Map<String, String> streams) {

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public KafkaProperties {
        new Problems("tributary.kafka.")
                .expect(!bootstrapServers.isBlank(), "bootstrap-servers", "empty", "host:port, …")
                .expect(registryUrl.matches("(https?|mock)://.+"), "registry-url", registryUrl, "an http or https URL")
                .expect(Topics.isPrefix(topicPrefix), "topic-prefix", topicPrefix, "letters, digits, '.', '_', '-'")
                .atLeast("partitions", partitions, 1)
                .expect(
                        minInSync == null || (minInSync >= 1 && (replication == null || minInSync <= replication)),
                        "min-in-sync",
                        minInSync,
                        "1 to the replication")
                .refuse();
        client = Map.copyOf(client);
        streams = Map.copyOf(streams);
    }

    /** The settings that every Kafka client of the service begins with: brokers and {@link #client}. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> config = new HashMap<>(client);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return config;
    }

    /** How many copies must have a record, if it is said. */
    public OptionalInt minInSyncCopies() {
        return minInSync == null ? OptionalInt.empty() : OptionalInt.of(minInSync);
    }

    /** The name for static membership, if there is one. */
    public Optional<String> staticInstance() {
        return Optional.ofNullable(instance).filter(name -> !name.isBlank());
    }
}
