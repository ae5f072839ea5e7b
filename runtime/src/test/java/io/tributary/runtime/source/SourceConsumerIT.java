package io.tributary.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.servers.fixture.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real Kafka, whose log is cut as it is when a broker that lacks the end of it becomes the leader. */
class SourceConsumerIT {
    private static final TopicPartition SOURCE = new TopicPartition("cut", 0);

    private final TestKafka kafka = TestKafka.start();
    private final PassedOffsets passed = new PassedOffsets();
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void create() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(SOURCE.topic(), Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void whereTheNewLeadersLogBranchesOffReadingGoesOn() throws Exception {
        send("a", "b", "c", "d", "e", "f");
        try (SourceConsumer consumer = consumer()) {
            read(consumer, 6);
            kafka.restartWithout(SOURCE, 4);
            send("E", "F", "G", "H");
            read(consumer, 10);

            assertThat(read).containsExactly("a", "b", "c", "d", "e", "f", "E", "F", "G", "H");
            assertThat(consumer.position(SOURCE)).isEqualTo(8);
            assertThat(passed.expired(SOURCE)).as("nothing expired").isEqualTo(new PassedOffsets.Expired(4, 4));
        }
    }

    @Test
    void whereTheNewLeaderHasNothingReadingBeginsAgain() throws Exception {
        send("a", "b", "c");
        try (SourceConsumer consumer = consumer()) {
            read(consumer, 3);
            kafka.restartWithout(SOURCE, 0);
            send("A", "B", "C", "D");
            read(consumer, 7);

            assertThat(read).containsExactly("a", "b", "c", "A", "B", "C", "D");
            assertThat(passed.expired(SOURCE)).isEqualTo(new PassedOffsets.Expired(0, 0));
        }
    }

    private SourceConsumer consumer() {
        SourceConsumer consumer =
                new SourceConsumer(Map.of("bootstrap.servers", kafka.bootstrapServers()), new SourceLag(), passed);
        consumer.assign(List.of(SOURCE));
        consumer.seekToBeginning(List.of(SOURCE));
        return consumer;
    }

    private void read(SourceConsumer consumer, int untilThereAre) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            consumer.poll(Duration.ofMillis(100))
                    .forEach(record -> read.add(new String(record.value(), StandardCharsets.UTF_8)));
            return read.size() >= untilThereAre;
        });
    }

    /** Each by itself. */
    private void send(String... values) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(
                                SOURCE.topic(), SOURCE.partition(), null, value.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }
}
