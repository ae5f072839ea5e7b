package io.tributary.logindexer;

import static org.awaitility.Awaitility.await;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.identity.SourceId;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestElasticsearch;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Kafka, registry and Elasticsearch with the log indexer between them, under a topic prefix of its own. */
final class Pipeline implements AutoCloseable {
    static final int PARTITIONS = 3;
    static final Duration LONG = Duration.ofSeconds(60);

    private static final JsonMapper JSON = JsonMapper.shared();

    final Topics topics;
    final Topic<SourceId, LogRecord> logs;

    private final String prefix;
    private final String elasticsearch;
    private final String kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Admin admin;
    private final HttpClient http = HttpClient.newHttpClient();
    private Optional<ConfigurableApplicationContext> service = Optional.empty();

    Pipeline(String prefix, TestElasticsearch elasticsearch) {
        this(prefix, elasticsearch, TestKafka.shared());
    }

    Pipeline(String prefix, TestElasticsearch elasticsearch, TestKafka kafkaServer) {
        this.kafka = kafkaServer.bootstrapServers();
        this.prefix = prefix + '.';
        this.elasticsearch = elasticsearch.url();
        this.topics = Topics.of(
                this.prefix,
                PARTITIONS,
                new SchemaRegistry(TestRegistry.shared().url()));
        this.logs = topics.logs();
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
        new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
    }

    /** Starts the service; returns when it consumes or when it at least answers. */
    void start(String... settings) {
        startAgainst(elasticsearch, settings);
    }

    /** Starts the service with another address of Elasticsearch. */
    void startAgainst(String url, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--tributary.kafka.bootstrap-servers=" + kafka,
                "--tributary.kafka.registry-url=" + TestRegistry.shared().url(),
                "--tributary.kafka.topic-prefix=" + prefix,
                "--tributary.kafka.partitions=" + PARTITIONS,
                "--tributary.elasticsearch.url=" + url,
                "--tributary.elasticsearch.longest-pause=500ms",
                "--tributary.indexer.commit-interval=200ms",
                "--logging.structured.format.console=",
                "--management.server.port=0",
                "--server.port=0"));
        arguments.addAll(List.of(settings));
        service = Optional.of(new SpringApplicationBuilder(Application.class).run(arguments.toArray(String[]::new)));
    }

    void stop() {
        service.ifPresent(ConfigurableApplicationContext::close);
        service = Optional.empty();
    }

    <T> T bean(Class<T> type) {
        return service.orElseThrow().getBean(type);
    }

    /** Sends the record to the partition that its number falls on. */
    void send(int number, LogRecord record) {
        SourceId key = SourceId.of(record.getTenant(), record.getResource());
        sendRaw(number % PARTITIONS, logs.encodeKey(key), logs.encodeValue(record));
    }

    void sendRaw(int partition, byte[] key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(logs.name(), partition, key, value)));
    }

    /** Sends the record of an event that has this id, to the partition that its number falls on. */
    void sendEvent(int number, LogRecord record, byte[] eventId) {
        sendEvent(number, record, eventId, System.currentTimeMillis());
    }

    /** The same, at this time by Kafka's clock, in milliseconds since the epoch. */
    void sendEvent(int number, LogRecord record, byte[] eventId, long timestamp) {
        SourceId key = SourceId.of(record.getTenant(), record.getResource());
        sent.add(producer.send(new ProducerRecord<>(
                logs.name(),
                number % PARTITIONS,
                timestamp,
                logs.encodeKey(key),
                logs.encodeValue(record),
                List.of(new RecordHeader(EventId.HEADER, eventId)))));
    }

    /** Awaits that Kafka has every record sent so far. */
    void flush() {
        try {
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
            sent.clear();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the ledger says of the stage, once its entries cover every partition from 0 to its end. */
    OutcomeCounts awaitBalance() {
        return awaitBalance(LONG);
    }

    OutcomeCounts awaitBalance(Duration patience) {
        List<OutcomeCounts> balance = new ArrayList<>();
        await().atMost(patience).until(() -> {
            balance.clear();
            balance(ends()).ifPresent(balance::add);
            return !balance.isEmpty();
        });
        return balance.getFirst();
    }

    private Optional<OutcomeCounts> balance(Map<TopicPartition, Long> ends) {
        List<LedgerEntry> told = readAll(topics.ledger().name(), PARTITIONS).stream()
                .map(record -> topics.ledger().decodeValue(record.value()))
                .toList();
        OutcomeCounts counts = new OutcomeCounts();
        long gaps = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            TreeMap<Long, LedgerEntry> entries = new TreeMap<>();
            told.stream()
                    .filter(entry -> entry.getPartition() == end.getKey().partition())
                    .forEach(entry -> entries.put(entry.getFrom(), entry));
            long at = 0;
            for (LedgerEntry entry = entries.get(at); entry != null; entry = entries.get(at)) {
                counts.addAll(entry.getCounts());
                gaps += entry.getGaps();
                at = entry.getTo();
            }
            if (at != end.getValue()) {
                return Optional.empty();
            }
        }
        long covered = ends.values().stream().mapToLong(Long::longValue).sum();
        if (counts.total() + gaps != covered) {
            throw new IllegalStateException("unexplained: " + (covered - counts.total() - gaps) + " (expected: 0)");
        }
        return Optional.of(counts);
    }

    long count(Outcome outcome) {
        return awaitBalance().of(outcome);
    }

    List<DeadLetter> deadLetters() {
        return readAll(logs.deadLetterName(), 1).stream()
                .map(record -> DeadLetter.read(record).orElseThrow())
                .toList();
    }

    /** Sets the group back to the beginning; the service must not run. */
    void rewind() {
        Map<TopicPartition, OffsetAndMetadata> zero = new HashMap<>();
        ends().keySet().forEach(partition -> zero.put(partition, new OffsetAndMetadata(0)));
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> admin.alterConsumerGroupOffsets("log-indexer", zero)
                                .all()
                                .get()
                        == null);
    }

    /** Removes a partition's records below this offset, as its retention does. */
    void expire(int partition, long offset) {
        try {
            admin.deleteRecords(
                            Map.of(new TopicPartition(logs.name(), partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<TopicPartition, Long> ends() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            return consumer.endOffsets(partitions(logs.name(), PARTITIONS));
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> readAll(String topic, int upTo) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(
                    topic, Math.min(upTo, consumer.partitionsFor(topic).size()));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** How many documents the data streams of this pattern hold. */
    long documents(String pattern) {
        call("POST", '/' + pattern + "/_refresh", "");
        return call("GET", '/' + pattern + "/_count", "").get("count").asLong();
    }

    /** The hits of a search, in Elasticsearch's own words. */
    JsonNode search(String pattern, String body) {
        call("POST", '/' + pattern + "/_refresh", "");
        return call("POST", '/' + pattern + "/_search", body).get("hits").get("hits");
    }

    JsonNode call(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(elasticsearch + path))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + ' ' + path + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Committed offsets of the group, summed up. */
    long committed() {
        try {
            return admin
                    .listConsumerGroupOffsets("log-indexer")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(logs.name()))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        producer.close();
        admin.close();
        http.close();
    }
}
