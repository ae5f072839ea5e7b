package io.tributary.it.client;

import io.tributary.it.system.Tributary;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer with nothing of Tributary, which reads what is committed and belongs to no group. */
public final class PlainConsumer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    public PlainConsumer(Tributary tributary) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", tributary.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** How many records of the topic hold this text, from the first record to the last that is there now. */
    public long count(String topic, String text) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long count = 0;
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            for (var found : consumer.poll(POLL)) {
                count += new String(found.value(), StandardCharsets.ISO_8859_1).contains(text) ? 1 : 0;
            }
        }
        return count;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
