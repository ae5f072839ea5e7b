package io.tributary.benchmarks.system;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a transaction that is open: they are in their topic, and those who read what is committed, as every
 * service does, see none of them until they see all. They are given up when this is closed before.
 */
public final class Unseen implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> ends;

    Unseen(KafkaProducer<byte[], byte[]> producer, Map<TopicPartition, Long> ends) {
        this.producer = producer;
        this.ends = ends;
    }

    /** The offset after the last record of each partition. */
    public Map<TopicPartition, Long> ends() {
        return ends;
    }

    /** Shows them. */
    public void show() {
        producer.commitTransaction();
    }

    @Override
    public void close() {
        producer.close();
    }
}
