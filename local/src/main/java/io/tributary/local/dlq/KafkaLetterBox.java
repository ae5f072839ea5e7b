package io.tributary.local.dlq;

import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * The names of all dead-letter topics, in order.
     *
     * @throws RetryableException if Kafka is away
     */
    List<String> topics() {
        try {
            return consumer.listTopics().keySet().stream()
                    .filter(name -> name.startsWith(Topics.DEFAULT_PREFIX) && name.endsWith(Topic.DEAD_LETTER_SUFFIX))
                    .sorted()
                    .toList();
        } catch (TimeoutException e) {
            throw away(e);
        }
    }

    /**
     * The dead-letter topic that is meant by its own name or its topic's, with or without the prefix. Throws as
     * {@link #topics}.
     *
     * @throws NoLetterException if there is none
     */
    String topic(String word) {
        String full = word.startsWith(Topics.DEFAULT_PREFIX) ? word : Topics.DEFAULT_PREFIX + word;
        List<String> topics = topics();
        return topics.stream()
                .filter(name -> name.equals(full) || name.equals(full + Topic.DEAD_LETTER_SUFFIX))
                .findFirst()
                .orElseThrow(() -> new NoLetterException(word, topics));
    }

    /** Hands over every letter that is in the topic now, in order. Throws as {@link #topics}. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        readAll(topic, record -> {
            if (record.headers().lastHeader(DeadLetter.RETRIED) == null) {
                reader.accept(record);
            }
        });
    }

    /** The {@link Origin#id} of every record that went back from this topic to its own. Throws as {@link #topics}. */
    Set<String> retried(String topic) {
        Set<String> retried = new HashSet<>();
        readAll(topic, record -> {
            if (record.headers().lastHeader(DeadLetter.RETRIED) != null) {
                retried.add(Origin.header(record, DeadLetter.RETRIED));
            }
        });
        return retried;
    }

    private void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
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
