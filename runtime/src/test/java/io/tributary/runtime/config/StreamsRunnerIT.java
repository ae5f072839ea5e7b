package io.tributary.runtime.config;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real Kafka, where a topic is missing for a while. */
class StreamsRunnerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Longer than from one commit to the next: a task that has nothing to commit is the one that may be forgotten. */
    private static final Duration TICK = Duration.ofSeconds(1);

    private final String prefix = "it-" + UUID.randomUUID() + ".";
    private final String source = prefix + "source";
    /** Where the task of each partition says that it lives. */
    private final List<String> ticks = List.of(prefix + "missing", prefix + "there");

    private final AtomicInteger begunOfMissing = new AtomicInteger();

    @Test
    void aTaskGoesOnAlthoughAnotherOneOfItsThreadCannotWrite(@TempDir Path state) throws Exception {
        String kafka = TestKafka.shared().bootstrapServers();
        KafkaProperties properties = new KafkaProperties(
                kafka,
                "mock://" + prefix,
                prefix,
                1,
                null,
                null,
                state,
                null,
                Map.of(),
                Map.of("num.stream.threads", "1", "producer.max.block.ms", "1000"));
        try (Admin admin = Admin.create(properties.clientConfig())) {
            create(admin, source, ticks.size());
            create(admin, ticks.getLast(), 1);
            TopicsAtStart topics = new TopicsAtStart(
                    Topics.of(prefix, 1, new SchemaRegistry(properties.registryUrl())),
                    new TopicCreation(admin, Optional.empty()));
            StreamsRunner runner = new StreamsRunner(
                    properties, prefix + "ticking", this::topology, topics, new SimpleMeterRegistry());
            topics.start();
            runner.start();
            try {
                await().atMost(PATIENCE).until(() -> begunOfMissing.get() >= 2);
                create(admin, ticks.getFirst(), 1);
                for (String topic : ticks) {
                    long before = end(admin, topic);
                    await(topic).atMost(PATIENCE).until(() -> end(admin, topic) > before);
                }
            } finally {
                runner.stop();
                topics.stop();
            }
        }
    }

    private Topology topology() {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), source)
                .addProcessor("ticking", Ticking::new, "source");
        ticks.forEach(topic ->
                topology.addSink(topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), "ticking"));
        return topology;
    }

    private static void create(Admin admin, String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
    }

    private static long end(Admin admin, String topic) throws Exception {
        TopicPartition only = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(only, OffsetSpec.latest()))
                .partitionResult(only)
                .get()
                .offset();
    }

    /** Says every now and then that it lives; no record comes. */
    private final class Ticking implements Processor<byte[], byte[], byte[], byte[]> {
        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            int partition = context.taskId().partition();
            if (partition == 0) {
                begunOfMissing.incrementAndGet();
            }
            context.schedule(
                    TICK,
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> context.forward(new Record<>(new byte[0], new byte[0], now), ticks.get(partition)));
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("a record (expected: none)");
        }
    }
}
