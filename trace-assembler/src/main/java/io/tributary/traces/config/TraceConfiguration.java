package io.tributary.traces.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.StreamsRunner;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.ServiceEdgeKey;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.stream.TraceTopology;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Runs the topology. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TraceProperties.class)
public class TraceConfiguration {
    /** The topic between traces and edges, to be created with those of the catalogue. */
    @Bean
    public Topic<ServiceEdgeKey, ServiceEdge> edgeChanges(Topics topics) {
        return TraceTopology.edgeChanges(topics);
    }

    /** The running topology. */
    @Bean
    public StreamsRunner streamsRunner(
            KafkaProperties kafka,
            TraceProperties properties,
            Topics topics,
            TopicsAtStart topicsAtStart,
            MeterRegistry meters) {
        String instance = kafka.staticInstance().orElse(TraceTopology.APPLICATION_ID);
        TraceTopology topology = new TraceTopology(topics, properties.settings(), instance, meters);
        return new StreamsRunner(kafka, TraceTopology.APPLICATION_ID, topology, topicsAtStart, meters);
    }
}
