package io.tributary.runtime.config;

import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What every service has: a clock, the topic catalogue, and the topics themselves. */
@AutoConfiguration
@EnableConfigurationProperties(KafkaProperties.class)
public class RuntimeAutoConfiguration {
    /** The wall clock, unless a test gives another. */
    @Bean
    @ConditionalOnMissingBean
    public Clock clock() {
        return Clock.systemUTC();
    }

    /** The schema registry. */
    @Bean
    @ConditionalOnMissingBean
    public SchemaRegistry schemaRegistry(KafkaProperties kafka) {
        return new SchemaRegistry(kafka.registryUrl());
    }

    /** The topic catalogue. */
    @Bean
    @ConditionalOnMissingBean
    public Topics topics(KafkaProperties kafka, SchemaRegistry registry) {
        return Topics.of(kafka.topicPrefix(), kafka.partitions(), registry);
    }

    /** A client for the administration of Kafka. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    public Admin admin(KafkaProperties kafka) {
        return Admin.create(kafka.clientConfig());
    }

    /**
     * Creates topics and registers schemas while the service starts: those of the catalogue, and those that the service
     * keeps to itself, which are beans.
     */
    @Bean
    @ConditionalOnMissingBean
    public TopicsAtStart topicsAtStart(
            KafkaProperties kafka, Topics topics, ObjectProvider<Topic<?, ?>> further, Admin admin) {
        TopicCreation creation =
                new TopicCreation(admin, Optional.ofNullable(kafka.replication()), kafka.minInSyncCopies());
        return new TopicsAtStart(topics, further.stream().toList(), creation);
    }

    /** Down until the topics are there, with what is waited for. */
    @Bean
    public HealthIndicator topicsHealthIndicator(TopicsAtStart topics) {
        return () -> topics.isReady()
                ? Health.up().build()
                : Health.down().withDetail("waitingFor", topics.waitingFor()).build();
    }
}
