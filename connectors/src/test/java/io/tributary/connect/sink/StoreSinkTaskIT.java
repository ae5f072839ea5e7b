package io.tributary.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a task asks of its worker. */
class StoreSinkTaskIT {
    private static final String KAFKA = TestKafka.shared().bootstrapServers();
    private static final Map<String, String> PROPERTIES = Map.of(
            "name", "task",
            "bootstrap.servers", KAFKA,
            "schema.registry.url", "mock://task",
            "topic.prefix", "task.",
            "store.url", "http://store");

    private final Topics topics = Topics.of("task.", 1, new SchemaRegistry("mock://task"));
    private final TopicPartition partition = new TopicPartition(topics.metrics().name(), 0);
    private final Worker worker = new Worker();
    private final Task task = new Task();

    @BeforeEach
    void start() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
            new TopicCreation(admin, Optional.of((short) 1)).create(List.of(topics.metrics(), topics.ledger()));
        }
        task.initialize(worker);
        task.start(PROPERTIES);
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void whilePausedForWhatWasForgottenItLooksAgainSoon() {
        task.put(List.of());
        assertThat(worker.paused).isFalse();
        assertThat(worker.timeouts).as("nothing to look for").isEmpty();

        task.bytesInFlight = 1 << 30;
        task.put(List.of());
        assertThat(worker.paused).isTrue();
        assertThat(worker.timeouts)
                .singleElement()
                .satisfies(millis -> assertThat(millis).isBetween(1L, 1000L));

        task.bytesInFlight = 0;
        task.put(List.of());
        assertThat(worker.paused).isFalse();
        assertThat(worker.timeouts).hasSize(1);
    }

    @Test
    void whatFillsEntriesIsCommittedBeforeItsTimeAndAtOnce() {
        int tenants = 15_000;
        List<SinkRecord> records = new ArrayList<>();
        for (int number = 0; number < tenants; number++) {
            records.add(record(number));
        }
        task.put(records);
        assertThat(worker.commitRequested).isTrue();
        assertThat(worker.timeouts).as("looks whether it is committed").hasSize(1);
        assertThat(task.preCommit(Map.of(partition, new OffsetAndMetadata(tenants))))
                .isEqualTo(Map.of(partition, new OffsetAndMetadata(tenants)));

        worker.commitRequested = false;
        task.put(List.of());
        assertThat(worker.commitRequested).isFalse();
    }

    @Test
    void whatATaskOpenedWhoseStartFailedIsClosed() {
        List<String> before = clientThreads();
        Task failing = new Task();
        failing.opens = false;
        assertThatThrownBy(() -> failing.start(PROPERTIES)).hasMessage("scripted");
        assertThat(clientThreads()).as("admin client and producer").hasSize(before.size() + 2);
        failing.stop();
        assertThat(clientThreads()).isEqualTo(before);
    }

    private static List<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("kafka-admin-client-thread")
                        || name.startsWith("kafka-producer-network-thread"))
                .sorted()
                .toList();
    }

    private SinkRecord record(int number) {
        MetricPoint point = SampleData.gauge("m", Map.of(), 0.0, 1.0);
        point.setTenant("tenant_".repeat(8) + number);
        byte[] key = SeriesId.of(point.getTenant(), point.getName(), point.getLabels())
                .toBytes();
        byte[] value = topics.metrics().encodeValue(point);
        return new SinkRecord(partition.topic(), 0, null, key, null, value, number, 17L, TimestampType.CREATE_TIME);
    }

    /** Stores everything, and is at as much as it is told. */
    private static final class Task extends StoreSinkTask<Double> {
        private long bytesInFlight;
        private boolean opens = true;

        @Override
        protected SinkSettings settings(Map<String, String> properties) {
            return new SinkSettings(SinkSettings.definition(), properties);
        }

        @Override
        protected RecordDecoder decoder(Topics topics) {
            return RecordDecoder.metrics(topics);
        }

        @Override
        protected Store<Double> open(SinkSettings settings) {
            if (!opens) {
                throw new IllegalStateException("scripted");
            }
            return new Store<>() {
                @Override
                public Mapped<Double> map(Decoded decoded) {
                    return new Mapped.Write<>((Double) ((MetricPoint) decoded.value()).getValue(), 1);
                }

                @Override
                public Optional<List<Fate>> write(List<Double> batch) {
                    return Optional.of(Collections.nCopies(batch.size(), Fate.STORED));
                }

                @Override
                public long bytesInFlight() {
                    return bytesInFlight;
                }
            };
        }
    }

    /** Notes what it is asked for. */
    private final class Worker implements SinkTaskContext {
        private final List<Long> timeouts = new ArrayList<>();
        private boolean paused;
        private boolean commitRequested;

        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {}

        @Override
        public void offset(TopicPartition partition, long offset) {}

        @Override
        public void timeout(long millis) {
            timeouts.add(millis);
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(partition);
        }

        @Override
        public void pause(TopicPartition... partitions) {
            paused = true;
        }

        @Override
        public void resume(TopicPartition... partitions) {
            paused = false;
        }

        @Override
        public void requestCommit() {
            commitRequested = true;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }
}
