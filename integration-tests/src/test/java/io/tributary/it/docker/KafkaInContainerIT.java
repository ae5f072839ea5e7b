package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.servers.fixture.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Kafka that tests get with {@code -Dtributary.it.kafka=testcontainers}. */
@DockerTest
class KafkaInContainerIT {

    @BeforeAll
    static void image() {
        Docker.provide("jre", "kafka");
    }

    @Test
    void whatATransactionWroteIsReadByAGroup() throws Exception {
        try (TestKafka kafka = TestKafka.inContainer();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                    .hasSize(1);
            admin.createTopics(List.of(new NewTopic("orders", 3, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            send(kafka);
            assertThat(read(kafka)).containsExactlyInAnyOrder("one", "two", "three");
            assertThat(admin.listTopics().names().get(30, TimeUnit.SECONDS))
                    .as("no topic is created by itself")
                    .containsExactly("orders");
        }
    }

    private static void send(TestKafka kafka) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "till"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : List.of("one", "two", "three")) {
                producer.send(new ProducerRecord<>("orders", value, value)).get(30, TimeUnit.SECONDS);
            }
            producer.commitTransaction();
        }
    }

    private static List<String> read(TestKafka kafka) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "group.id", "readers",
                        "auto.offset.reset", "earliest",
                        "isolation.level", "read_committed"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("orders"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= 3;
            });
        }
        return values;
    }
}
