package io.tributary.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.servers.fixture.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicCreationIT {
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers()));
    private final TopicCreation creation = new TopicCreation(admin, Optional.empty());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void everyTopicAndItsDeadLettersAreCreatedAsTheCatalogueSays() throws Exception {
        Topics topics = Topics.of("creation.", 3, new SchemaRegistry("mock://creation"));
        creation.create(topics.all());

        for (Topic<?, ?> topic : topics.all()) {
            TopicDescription described = describe(topic.name());
            assertThat(described.partitions())
                    .as(topic.name())
                    .hasSize(topic.settings().partitions());
            assertThat(config(topic.name()))
                    .containsAllEntriesOf(topic.settings().toConfig());
            assertThat(describe(topic.deadLetterName()).partitions()).hasSize(1);
        }
        assertThat(config("creation.alerts")).containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact");
        assertThat(config("creation.logs")).containsEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    }

    @Test
    void copiesInSyncAreAsDemandedOnEveryTopic() throws Exception {
        Topics topics = Topics.of("in-sync.", 1, new SchemaRegistry("mock://creation"));
        new TopicCreation(admin, Optional.of((short) 1), OptionalInt.of(1)).create(topics.all());
        for (String topic : List.of("in-sync.logs", "in-sync.logs.dlq", "in-sync.ledger")) {
            assertThat(admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
                            .all()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(config -> assertThat(config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                                    .source())
                            .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG));
        }
    }

    @Test
    void aTopicThatIsThereStaysAsItIs() throws Exception {
        Topics topics = Topics.of("kept.", 3, new SchemaRegistry("mock://creation"));
        admin.createTopics(List.of(new NewTopic("kept.logs", Optional.of(7), Optional.empty())))
                .all()
                .get();
        creation.create(topics.all());
        creation.create(topics.all());
        assertThat(describe("kept.logs").partitions()).hasSize(7);
    }

    @Test
    void aNewTopicTakesInOrderWhatAProducerWithRequestsUnderWaySendsAtOnce() throws Exception {
        // Small batches, so that several requests are under way.
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.shared().bootstrapServers(),
                ProducerConfig.BATCH_SIZE_CONFIG, 1,
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
        try {
            for (int round = 0; round < 5; round++) {
                Topics topics = Topics.of("new-" + round + '.', 3, new SchemaRegistry("mock://creation"));
                creation.create(topics.all());
                // The more topics are created, the longer some of them are known before they are led.
                sendAtOnce(List.of(topics.logs(), topics.spans(), topics.metrics()), producer);
            }
        } finally {
            producer.close(Duration.ZERO);
        }
    }

    private static void sendAtOnce(List<Topic<?, ?>> topics, KafkaProducer<String, String> producer) throws Exception {
        Map<String, List<Future<RecordMetadata>>> sent = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            for (Topic<?, ?> topic : topics) {
                for (int partition = 0; partition < 3; partition++) {
                    sent.computeIfAbsent(topic.name() + '-' + partition, unseen -> new ArrayList<>())
                            .add(producer.send(new ProducerRecord<>(topic.name(), partition, "key", "" + i)));
                }
            }
        }
        for (Map.Entry<String, List<Future<RecordMetadata>>> each : sent.entrySet()) {
            List<Long> offsets = new ArrayList<>();
            for (Future<RecordMetadata> record : each.getValue()) {
                offsets.add(record.get().offset());
            }
            assertThat(offsets)
                    .as(each.getKey())
                    .isEqualTo(LongStream.range(0, 10).boxed().toList());
        }
    }

    @Test
    void anAbsentKafkaIsRetryable() {
        try (Admin away = Admin.create(Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "request.timeout.ms",
                "100",
                "default.api.timeout.ms",
                "300",
                "reconnect.backoff.ms",
                "20"))) {
            Topics topics = Topics.of("", new SchemaRegistry("mock://creation"));
            assertThatExceptionOfType(RetryableException.class)
                    .isThrownBy(() -> new TopicCreation(away, Optional.empty()).create(topics.all()))
                    .withMessageStartingWith("create topics: ");
        }
    }

    private TopicDescription describe(String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    }

    private Map<String, String> config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }
}
