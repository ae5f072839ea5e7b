package io.tributary.gateway;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.TestKafka;
import io.tributary.servers.fixture.TestRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole gateway on real servers, with topics of its own. */
public final class GatewayHarness implements AutoCloseable {
    private final String bootstrap;
    private final ConfigurableApplicationContext context;
    private final Topics topics;

    private GatewayHarness(String bootstrap, Map<String, Object> settings) {
        this.bootstrap = bootstrap;
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("tributary.kafka.bootstrap-servers", bootstrap);
        properties.put("tributary.kafka.registry-url", TestRegistry.shared().url());
        properties.put(
                "tributary.kafka.topic-prefix",
                "t" + UUID.randomUUID().toString().substring(0, 8) + ".");
        properties.put("tributary.otlp.http-port", 0);
        properties.put("tributary.otlp.grpc-port", 0);
        properties.put("management.server.port", 0);
        properties.put("logging.structured.format.console", "");
        context = new SpringApplicationBuilder(Application.class).run(arguments(properties));
        topics = context.getBean(Topics.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Status.UP.equals(context.getBean("gatewayHealthIndicator", HealthIndicator.class)
                        .health()
                        .getStatus()));
    }

    private static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    /** On the Kafka that all tests share. */
    public static GatewayHarness start(Map<String, Object> settings) {
        return start(TestKafka.shared(), settings);
    }

    /** On this Kafka. */
    public static GatewayHarness start(TestKafka kafka, Map<String, Object> settings) {
        return new GatewayHarness(kafka.bootstrapServers(), settings);
    }

    public int port() {
        return ports().getFirst();
    }

    public int otherPort() {
        return ports().getLast();
    }

    private List<Integer> ports() {
        return context.getBean(Server.class).activePorts().values().stream()
                .map(ServerPort::localAddress)
                .map(address -> address.getPort())
                .toList();
    }

    public Topics topics() {
        return topics;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The value of a counter, 0 if it was never counted. */
    public double counted(String name, String... tags) {
        return context.getBean(MeterRegistry.class).find(name).tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** Every record of the topic as of now. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                64 << 20,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                64 << 20);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
