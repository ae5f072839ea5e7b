package io.tributary.local.dlq;

import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The dead-letter topics of a Kafka. Reading changes nothing there: it joins no group. */
final class KafkaLetterBox implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final KafkaConsumer<byte[], byte[]> consumer;

    KafkaLetterBox(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * The names of all dead-letter topics below this prefix, in order.
     *
     * @throws RetryableException if Kafka is away
     */
    List<String> topics(String prefix) {
        try {
            return consumer.listTopics().keySet().stream()
                    .filter(name -> name.startsWith(prefix) && name.endsWith(Topic.DEAD_LETTER_SUFFIX))
                    .sorted()
                    .toList();
        } catch (TimeoutException e) {
            throw away(e);
        }
    }

    /** Hands over every letter that is in the topic now, in order. Throws as {@link #topics}. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(reader);
            }
        } catch (TimeoutException e) {
            throw away(e);
        }
    }

    private RetryableException away(TimeoutException e) {
        return new RetryableException(
                "kafka: no answer from " + bootstrapServers + " (expected: a running system; ./tributary up)", e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
