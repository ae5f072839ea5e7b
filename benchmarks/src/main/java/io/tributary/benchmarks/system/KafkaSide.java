package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka as the harness uses it: bare clients, set as the gateway's producer and the services' consumers are. */
public final class KafkaSide implements AutoCloseable {
    private static final int BATCH_BYTES = 128 << 10;
    private static final int BUFFER_BYTES = 64 << 20;
    private static final int FETCH_BYTES = 8 << 20;
    /** Longer than any backlog takes to be produced on a busy machine. */
    private static final int TRANSACTION_MILLIS = 600_000;

    private final String servers;
    private final Admin admin;

    /** Clients of these brokers. */
    public KafkaSide(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    /** A producer as the gateway's. */
    public KafkaProducer<byte[], byte[]> producer() {
        return producer(Map.of());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(Map.of(
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
                BUFFER_BYTES));
        config.putAll(more);
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

    /**
     * Produces the requests of these numbers, to be shown all at once; the records' timestamps are so many nanoseconds
     * apart from the start on.
     */
    public Unseen produce(Workload<?, ?, ?> workload, int from, int to, long startMillis, double nanosApart)
            throws InterruptedException {
        String topic = workload.topic().name();
        long[] record = {0};
        KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("transactional.id", "bench", "transaction.timeout.ms", TRANSACTION_MILLIS));
        producer.initTransactions();
        producer.beginTransaction();
        for (int number = from; number < to; number++) {
            workload.messages(number, (key, value) -> {
                long time = startMillis + (long) (record[0]++ * nanosApart / 1e6);
                var _ = producer.send(new ProducerRecord<>(topic, null, time, key, value));
            });
        }
        producer.flush();
        return new Unseen(producer, ends(topic));
    }

    /** Reads so many records of a topic from its beginning, and does nothing with them. */
    public Progress read(String topic, long records) throws InterruptedException {
        Usage self = Usage.ofThisProcess();
        Progress progress = new Progress();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(topic)) {
            long read = 0;
            progress.note(0, self.cpuSeconds());
            while (read < records) {
                read += consumer.poll(Duration.ofMillis(100)).count();
                progress.note(read, self.cpuSeconds());
            }
        }
        return progress;
    }

    /** Where the group committed: the offset after the last record that it has done with, of each partition. */
    public Map<TopicPartition, Long> committed(String group, String topic) throws InterruptedException {
        return result(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /**
     * The name of the {@link Instance} that each partition of the topic is assigned to; without those that nobody has
     * at the moment.
     */
    public Map<TopicPartition, String> owners(String group, String topic) throws InterruptedException {
        Map<TopicPartition, String> owners = new HashMap<>();
        for (MemberDescription member : members(group)) {
            // Each thread of Kafka Streams is a member, with its number behind the name of the instance.
            String name = member.groupInstanceId()
                    .map(id -> id.replaceFirst("-\\d+$", ""))
                    .orElse(Instance.UNNAMED);
            member.assignment().topicPartitions().stream()
                    .filter(partition -> partition.topic().equals(topic))
                    .forEach(partition -> owners.put(partition, name));
        }
        return owners;
    }

    private Collection<MemberDescription> members(String group) throws InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How many records each partition of the topic got: its end. */
    public Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions(topic).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return result(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** How many bytes the topic takes on the broker's disk. */
    public long diskBytes(String topic) throws InterruptedException {
        return result(admin.describeLogDirs(List.of(1)).allDescriptions()).values().stream()
                .flatMap(broker -> broker.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    private List<TopicPartition> partitions(String topic) throws InterruptedException {
        int count = result(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private static <T> T result(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
