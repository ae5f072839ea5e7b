package io.tributary.metrics.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.metrics.stream.RollupTopology;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.StreamsRunner;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.topic.Topics;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The running topology. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
public class MetricsConfiguration {
    /** Runs the topology for as long as the service runs. */
    @Bean
    public StreamsRunner streams(
            KafkaProperties kafka,
            MetricsProperties metrics,
            Topics topics,
            TopicsAtStart topicsAtStart,
            MeterRegistry meters) {
        RollupTopology topology = new RollupTopology(
                topics,
                kafka.staticInstance().orElse(RollupTopology.STAGE),
                metrics.toSettings(),
                metrics.toBudget(),
                new MicrometerRollupMeter(meters));
        return new StreamsRunner(kafka, RollupTopology.STAGE, topology, topicsAtStart, meters);
    }
}
