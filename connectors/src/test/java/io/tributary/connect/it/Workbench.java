package io.tributary.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestConnect;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;

/** Topics of one's own on the shared Kafka, and the stock Connect worker with the plugins that the build made. */
final class Workbench implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String prefix = "it" + NUMBER.incrementAndGet() + '.';
    private final Map<String, Object> client =
            Map.of("bootstrap.servers", TestKafka.shared().bootstrapServers());
    private final Admin admin = Admin.create(client);
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<Future<?>> sent = new ArrayList<>();
    private final List<String> connectors = new ArrayList<>();
    final Topics topics =
            Topics.of(prefix, 2, new SchemaRegistry(TestRegistry.shared().url()));

    Workbench() {
        new TopicCreation(admin, Optional.empty())
                .create(List.of(
                        topics.metrics(), topics.rollups(), topics.traces(), topics.serviceEdges(), topics.ledger()));
    }

    /** One worker for all tests of the JVM: it takes longest to start. */
    private static final class Worker {
        static final TestConnect CONNECT = TestConnect.start(
                TestKafka.shared().bootstrapServers(), Path.of(System.getProperty("tributary.plugins")));
    }

    static String connectUrl() {
        return Worker.CONNECT.url();
    }

    <K, V> void produce(Topic<K, V> topic, K key, V value) {
        produceBytes(topic, topic.encodeKey(key), topic.encodeValue(value));
    }

    void produceBytes(Topic<?, ?> topic, byte[] key, byte[] value) {
        produceBytes(topic, key, value, List.of());
    }

    void produceBytes(Topic<?, ?> topic, byte[] key, byte[] value, List<Header> headers) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), null, key, value, headers)));
    }

    /** Creates the connector with what every connector needs and this. */
    void create(String name, String type, String topicNames, Map<String, String> more) {
        awaitSent();
        Map<String, String> config = config(type, topicNames, more);
        HttpResponse<String> response = put(connectUrl() + "/connectors/" + name + "/config", write(config));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        connectors.add(name);
    }

    void awaitSent() {
        try {
            for (Future<?> acknowledgement : sent) {
                acknowledgement.get();
            }
            sent.clear();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    Map<String, String> config(String type, String topicNames, Map<String, String> more) {
        Map<String, String> config = new TreeMap<>(Map.of(
                "connector.class",
                type,
                "topics",
                topicNames,
                "tasks.max",
                "2",
                "topic.prefix",
                prefix,
                "bootstrap.servers",
                TestKafka.shared().bootstrapServers(),
                "schema.registry.url",
                TestRegistry.shared().url(),
                "retry.backoff.max.ms",
                "1000",
                "consumer.override.metadata.max.age.ms",
                "5000"));
        config.putAll(more);
        return config;
    }

    void delete(String name) {
        send(HttpRequest.newBuilder(URI.create(connectUrl() + "/connectors/" + name))
                .DELETE()
                .build());
        connectors.remove(name);
    }

    static HttpResponse<String> put(String url, String body) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> post(String url, String body) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    static JsonNode get(String url) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(URI.create(url)).build());
        return read(response.body());
    }

    static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Waits until the connector's ledger covers all of the topic, and returns its counts by outcome. */
    Map<String, Long> settled(String connector, Topic<?, ?> topic) {
        try {
            return await().atMost(Duration.ofMinutes(5)).until(counts(connector, topic), counts -> counts != null);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    connector + ": not settled; its worker's log ends so:\n" + Worker.CONNECT.log(), e);
        }
    }

    private Callable<Map<String, Long>> counts(String connector, Topic<?, ?> topic) {
        return () -> {
            demandRunning(connector);
            Map<String, LedgerEntry> entries = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : all(topics.ledger())) {
                LedgerEntry entry = topics.ledger().decodeValue(record.value());
                if (entry.getStage().equals("connect-" + connector)
                        && entry.getTopic().equals(topic.name())) {
                    entries.put(new String(record.key(), StandardCharsets.UTF_8), entry);
                }
            }
            Map<String, Long> counts = new TreeMap<>();
            long covered = 0;
            for (LedgerEntry entry : entries.values()) {
                entry.getCounts().forEach(count -> counts.merge(count.getOutcome(), count.getCount(), Long::sum));
                covered += entry.getTo() - entry.getFrom();
                assertThat(entry.getTo() - entry.getFrom())
                        .as("%s has no hole", entry)
                        .isEqualTo(entry.getGaps()
                                + entry.getCounts().stream()
                                        .mapToLong(io.tributary.schemas.avro.OutcomeCount::getCount)
                                        .sum());
            }
            return covered
                            == ends(topic.name()).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                    ? counts
                    : null;
        };
    }

    /** Waits until no task of a connector that was deleted reads any more. */
    void awaitNoReader(String connector) {
        String group = "connect-" + connector;
        await().atMost(Duration.ofMinutes(1))
                .until(() -> admin.describeConsumerGroups(List.of(group))
                        .all()
                        .get()
                        .get(group)
                        .members()
                        .isEmpty());
    }

    /** How many offsets of the topic the connector has committed. */
    long committed(String connector, Topic<?, ?> topic) {
        try {
            return admin
                    .listConsumerGroupOffsets("connect-" + connector)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic.name()))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** From now on Kafka refuses every commit of offsets: each is larger than their topic takes. */
    void refuseCommits() {
        limitCommits(AlterConfigOp.OpType.SET);
        TopicPartition any = new TopicPartition(topics.ledger().name(), 0);
        await().until(() -> admin.alterConsumerGroupOffsets(prefix + "probe", Map.of(any, new OffsetAndMetadata(0)))
                .all()
                .toCompletionStage()
                .handle((done, refused) -> refused != null)
                .toCompletableFuture()
                .get());
    }

    /** Kafka takes commits again. */
    void takeCommits() {
        limitCommits(AlterConfigOp.OpType.DELETE);
    }

    private void limitCommits(AlterConfigOp.OpType change) {
        ConfigResource offsets = new ConfigResource(ConfigResource.Type.TOPIC, "__consumer_offsets");
        AlterConfigOp limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", "1"), change);
        try {
            admin.incrementalAlterConfigs(Map.of(offsets, List.of(limit))).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts Kafka again without the topic's records from this offset on, in each partition that has it. */
    void cut(Topic<?, ?> topic, long offset) {
        ends(topic.name()).forEach((partition, end) -> {
            if (end > offset) {
                TestKafka.shared().restartWithout(partition, offset);
            }
        });
    }

    /** Removes the topic's records, as its retention does. */
    void expire(Topic<?, ?> topic) {
        try {
            admin.deleteRecords(ends(topic.name()).entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The last lines of the worker's log. */
    static String log() {
        return Worker.CONNECT.log();
    }

    static JsonNode status(String connector) {
        return get(connectUrl() + "/connectors/" + connector + "/status");
    }

    private static void demandRunning(String connector) {
        JsonNode status = status(connector);
        for (JsonNode task : status.path("tasks")) {
            assertThat(task.path("state").asText())
                    .as(task.path("trace").asText())
                    .isNotEqualTo("FAILED");
        }
    }

    /** The dead letters of the topic. */
    List<DeadLetter> deadLetters(Topic<?, ?> topic) {
        return all(Topics.deadLetters(topic)).stream()
                .map(record -> DeadLetter.read(record).orElseThrow())
                .toList();
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions(consumer, topic));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> all(Topic<?, ?> topic) {
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic.name());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void close() {
        List.copyOf(connectors).forEach(this::delete);
        producer.close();
        admin.close();
    }
}
