package io.tributary.logindexer.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.delivery.ledger.LedgerPublisher;
import io.tributary.delivery.offset.WaterMarks;
import io.tributary.delivery.retry.Backoff;
import io.tributary.logindexer.consume.Consumption;
import io.tributary.logindexer.consume.ConsumptionSettings;
import io.tributary.logindexer.consume.RecordIndexing;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
class IndexerConfiguration {
    private static final String TEMPLATE = "tributary-logs";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** Less than Kafka waits for a member with a name of its own to come back. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    @Bean
    IndexerMetrics indexerMetrics(MeterRegistry meters) {
        return new IndexerMetrics(meters);
    }

    @Bean
    ElasticsearchHttp elasticsearchHttp(ElasticsearchProperties properties) {
        return new ElasticsearchHttp(properties.connection());
    }

    @Bean
    IndexTemplates indexTemplates(@Value("classpath:elasticsearch/logs-template.json") Resource template)
            throws IOException {
        return new IndexTemplates().index(TEMPLATE, template.getContentAsString(StandardCharsets.UTF_8));
    }

    @Bean
    BulkWriter bulkWriter(
            ElasticsearchHttp elasticsearch,
            IndexTemplates templates,
            ElasticsearchProperties properties,
            IndexerMetrics metrics,
            Clock clock) {
        BulkWriter writer = new BulkWriter(elasticsearch, templates, properties.bulk(), metrics, clock, new Random());
        metrics.watch(writer);
        return writer.start();
    }

    @Bean
    Producer<byte[], byte[]> producer(KafkaProperties kafka) {
        return KafkaClients.producer(kafka);
    }

    @Bean
    DeadLetterPublisher deadLetterPublisher(Producer<byte[], byte[]> producer) {
        return new DeadLetterPublisher(producer, new Random());
    }

    @Bean
    Consumption consumption(
            KafkaProperties kafka,
            Topics topics,
            BulkWriter writer,
            Producer<byte[], byte[]> producer,
            DeadLetterPublisher deadLetters,
            IndexerProperties properties,
            IndexerMetrics metrics,
            MeterRegistry meters,
            Clock clock) {
        ConsumptionSettings settings = new ConsumptionSettings(
                topics.logs().name(),
                kafka.staticInstance().orElse(""),
                WaterMarks.of(properties.inFlight().toBytes()),
                properties.commitInterval(),
                properties.drain());
        Consumption consumption = new Consumption(
                passed -> measured(KafkaClients.consumer(kafka, passed), meters),
                new RecordIndexing(topics.logs(), writer, deadLetters, metrics),
                new LedgerPublisher(producer, topics.ledger()),
                settings,
                new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new Random()),
                clock);
        metrics.watch(consumption);
        return consumption;
    }

    @Bean
    ConsumptionLifecycle consumptionLifecycle(Consumption consumption, TopicsAtStart topics) {
        return new ConsumptionLifecycle(consumption, topics);
    }

    @Bean
    HealthIndicator elasticsearchHealthIndicator(BulkWriter writer) {
        return () -> writer.circuit()
                .interruption()
                .map(why -> Health.down()
                        .withDetail("waitingFor", why.reason())
                        .withDetail("since", why.since())
                        .withDetail("needsSomebody", why.open())
                        .build())
                .orElseGet(() -> Health.up().build());
    }

    @Bean
    HealthIndicator consumptionHealthIndicator(Consumption consumption) {
        return () -> consumption
                .failure()
                .map(why -> Health.down().withDetail("failure", why).build())
                .orElseGet(() -> Health.up().build());
    }

    @SuppressWarnings("resource") // the metrics go away with the service
    private static Consumer<byte[], byte[]> measured(Consumer<byte[], byte[]> consumer, MeterRegistry meters) {
        new KafkaClientMetrics(consumer).bindTo(meters);
        return consumer;
    }
}
