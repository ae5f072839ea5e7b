package io.tributary.local.dlq;

import io.tributary.local.kafka.KafkaTarget;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The dead-letter topics of a system. Reading changes nothing there: it joins no group. */
final class KafkaLetterBox implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaTarget target;
    private final KafkaConsumer<byte[], byte[]> consumer;

    KafkaLetterBox(KafkaTarget target) {
        this.target = target;
        this.consumer = target.access().consumer(Map.of());
    }

    /**
     * The names of all dead-letter topics, in order.
     *
     * @throws KafkaException if Kafka is away, or does not let us in
     * @throws RetryableException if there is none: every system has some
     */
    List<String> topics() {
        List<String> topics = consumer.listTopics().keySet().stream()
                .filter(name -> name.startsWith(target.topicPrefix()) && name.endsWith(Topic.DEAD_LETTER_SUFFIX))
                .sorted()
                .toList();
        if (topics.isEmpty()) {
            throw new RetryableException("kafka: no topic " + target.topicPrefix() + "*" + Topic.DEAD_LETTER_SUFFIX
                    + " at " + target.access().bootstrapServers()
                    + " (expected: the Kafka that Tributary's services write to, and their topic prefix)");
        }
        return topics;
    }

    /**
     * The dead-letter topic that is meant by its own name or its topic's, with or without the prefix. Throws as
     * {@link #topics}.
     *
     * @throws NoLetterException if there is none
     */
    String topic(String word) {
        List<String> topics = topics();
        return Stream.of(target.topicPrefix() + word, word)
                .flatMap(name -> Stream.of(name, name + Topic.DEAD_LETTER_SUFFIX))
                .filter(topics::contains)
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
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(POLL).forEach(reader);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
