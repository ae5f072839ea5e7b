package io.tributary.benchmarks.system;

import io.tributary.benchmarks.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka as the harness uses it: bare clients, set as the gateway's producer and the services' consumers are. */
public final class KafkaSide implements AutoCloseable {
    private static final int BATCH_BYTES = 128 << 10;
    private static final int BUFFER_BYTES = 64 << 20;
    private static final int FETCH_BYTES = 8 << 20;

    private final String servers;
    private final Admin admin;

    /** Clients of these brokers. */
    public KafkaSide(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    /** A producer as the gateway's. */
    public KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "batch.size",
                BATCH_BYTES,
                "buffer.memory",
                BUFFER_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer that reads all of a topic from its beginning, outside of any group. */
    public KafkaConsumer<byte[], byte[]> consumer(String topic) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                2000,
                "fetch.max.bytes",
                FETCH_BYTES));
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** Produces the requests of these numbers; the records' timestamps are so many nanoseconds apart from now on. */
    public void produce(Workload<?, ?, ?> workload, int from, int to, long startMillis, double nanosApart) {
        long[] record = {0};
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int number = from; number < to; number++) {
                workload.messages(number, (key, value) -> {
                    long time = startMillis + (long) (record[0]++ * nanosApart / 1e6);
                    var _ = producer.send(new ProducerRecord<>(workload.topic().name(), null, time, key, value));
                });
            }
        }
    }

    /** How many records the group has done with of the topic: where it committed. */
    public long committed(String group, String topic) throws InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many records the topic got: its ends. */
    public long end(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(topic).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        try {
            return admin.listOffsets(asked).all().get().values().stream()
                    .mapToLong(result -> result.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many bytes the topic takes on the broker's disk. */
    public long diskBytes(String topic) throws InterruptedException {
        try {
            return admin.describeLogDirs(List.of(1)).allDescriptions().get().values().stream()
                    .flatMap(broker -> broker.values().stream())
                    .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                    .filter(entry -> entry.getKey().topic().equals(topic))
                    .mapToLong(entry -> entry.getValue().size())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private List<TopicPartition> partitions(String topic) throws InterruptedException {
        try {
            int count = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
            return IntStream.range(0, count)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
