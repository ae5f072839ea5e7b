package io.tributary.runtime.config;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances of a service on a real Kafka, whose tasks tick: each writes into a topic of its own every now and then. */
class StreamsRunnerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int PARTITIONS = 4;

    private final String kafka = TestKafka.shared().bootstrapServers();
    private final String prefix = "it-" + UUID.randomUUID() + ".";
    private final String source = prefix + "source";
    private final String missing = prefix + "missing";
    private final Admin admin = Admin.create(Map.of("bootstrap.servers", kafka));
    private final TopicsAtStart topics = new TopicsAtStart(
            Topics.of(prefix, 1, new SchemaRegistry("mock://" + prefix)), new TopicCreation(admin, Optional.empty()));

    @TempDir
    private Path state;

    @BeforeEach
    void create() throws Exception {
        create(source, PARTITIONS);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            create(ticks(partition), 1);
        }
        topics.start();
    }

    @AfterEach
    void close() {
        topics.stop();
        admin.close();
    }

    /**
     * During a rebalance, which lasts here because an instance is busy, Kafka Streams itself would begin the one task
     * anew and leave the thread's other one without its clock.
     */
    @Test
    void tasksGoOnAlthoughAnotherOneOfTheirThreadCannotWriteDuringARebalance() throws Exception {
        Instance first = new Instance();
        Instance busy = new Instance();
        Instance third = new Instance();
        CountDownLatch enough = new CountDownLatch(1);
        try {
            first.start();
            busy.start();
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> first.tasks.size() == 2 && busy.tasks.size() == 2);
            CountDownLatch stands = new CountDownLatch(1);
            busy.target = partition -> {
                stands.countDown();
                enough.await();
                return ticks(partition);
            };
            // An instance that were told of the third before it stands would let the rebalance end.
            stands.await();
            third.start();
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(this::isRebalancing);
            // By then, a heartbeat has told it so.
            CountDownLatch beats = new CountDownLatch(20);
            first.target = partition -> {
                beats.countDown();
                return ticks(partition);
            };
            beats.await();
            CountDownLatch tried = new CountDownLatch(1);
            CountDownLatch told = new CountDownLatch(1);
            int failing = first.tasks.first();
            first.target = partition -> {
                if (partition == failing) {
                    tried.countDown();
                    return missing;
                }
                if (tried.getCount() == 0) {
                    told.countDown();
                }
                return ticks(partition);
            };
            told.await();
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> first.replacedThreads() == 1);
            create(missing, 1);
            first.target = this::ticks;
            enough.countDown();

            for (int partition = 0; partition < PARTITIONS; partition++) {
                String topic = ticks(partition);
                long before = end(topic);
                await(topic).dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> end(topic) > before);
            }
        } finally {
            enough.countDown();
            List.of(third, busy, first).forEach(Instance::stop);
        }
    }

    private String ticks(int partition) {
        return prefix + "ticks-" + partition;
    }

    private boolean isRebalancing() throws Exception {
        String group = prefix + "ticking";
        return admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group)
                        .get()
                        .groupState()
                == GroupState.PREPARING_REBALANCE;
    }

    private void create(String topic, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
    }

    private long end(String topic) throws Exception {
        TopicPartition only = new TopicPartition(topic, 0);
        return admin.listOffsets(Map.of(only, OffsetSpec.latest()))
                .partitionResult(only)
                .get()
                .offset();
    }

    /** Where a task writes now. */
    @FunctionalInterface
    private interface Target {
        String of(int partition) throws InterruptedException;
    }

    /** One process of the service. */
    private final class Instance {
        /** Those that it has, by partition. */
        final ConcurrentSkipListSet<Integer> tasks = new ConcurrentSkipListSet<>();

        private final MeterRegistry meters = new SimpleMeterRegistry();
        private final StreamsRunner runner = new StreamsRunner(
                new KafkaProperties(
                        kafka,
                        "mock://" + prefix,
                        prefix,
                        1,
                        null,
                        null,
                        state.resolve(UUID.randomUUID().toString()),
                        null,
                        Map.of(),
                        Map.of(
                                "num.stream.threads",
                                "1",
                                "producer.max.block.ms",
                                "1000",
                                "consumer.heartbeat.interval.ms",
                                "100")),
                prefix + "ticking",
                this::topology,
                topics,
                meters);
        private volatile Target target = StreamsRunnerIT.this::ticks;

        void start() {
            runner.start();
        }

        double replacedThreads() {
            return meters.get("tributary.streams.threads.replaced").counter().count();
        }

        void stop() {
            runner.stop();
        }

        private Topology topology() {
            Topology topology = new Topology()
                    .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), source)
                    .addProcessor("ticking", Ticking::new, "source")
                    .addSink(missing, missing, new ByteArraySerializer(), new ByteArraySerializer(), "ticking");
            IntStream.range(0, PARTITIONS)
                    .mapToObj(StreamsRunnerIT.this::ticks)
                    .forEach(topic -> topology.addSink(
                            topic, topic, new ByteArraySerializer(), new ByteArraySerializer(), "ticking"));
            return topology;
        }

        private final class Ticking implements Processor<byte[], byte[], byte[], byte[]> {
            private int partition;

            @Override
            public void init(ProcessorContext<byte[], byte[]> context) {
                partition = context.taskId().partition();
                tasks.add(partition);
                context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> {
                    try {
                        context.forward(new Record<>(new byte[0], new byte[0], now), target.of(partition));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }

            @Override
            public void process(Record<byte[], byte[]> record) {
                throw new IllegalStateException("a record (expected: none)");
            }

            @Override
            public void close() {
                tasks.remove(partition);
            }
        }
    }
}
