package io.tributary.alerts.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.alerts.notify.DeliveryMeter;
import io.tributary.alerts.notify.NotifierRunner;
import io.tributary.alerts.routing.Routing;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.util.Random;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The running notifier. */
@Configuration(proxyBeanMethods = false)
public class NotifierConfiguration {
    /** Delivers messages for as long as the service runs. */
    @Bean
    public NotifierLifecycle notifier(
            KafkaProperties kafka,
            AlertProperties alerts,
            Topics topics,
            Routing routing,
            TopicsAtStart atStart,
            MeterRegistry meters,
            Clock clock) {
        DeliveryMeter meter = answer -> Counter.builder("tributary.alerts.deliveries")
                .description("Attempts to deliver a message, by what the receiver answered")
                .tag("answer", answer)
                .register(meters)
                .increment();
        NotifierRunner runner = new NotifierRunner(
                new NotifierRunner.Setup(
                        kafka.clientConfig(),
                        kafka.staticInstance(),
                        topics,
                        routing,
                        alerts.externalUrl().toString(),
                        clock,
                        new Random()),
                meter);
        return new NotifierLifecycle(runner, atStart);
    }
}
