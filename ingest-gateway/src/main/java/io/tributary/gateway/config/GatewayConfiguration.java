package io.tributary.gateway.config;

import com.linecorp.armeria.server.Server;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.gateway.ledger.Accounts;
import io.tributary.gateway.ledger.LedgerPublisher;
import io.tributary.gateway.ledger.TimeSlices;
import io.tributary.gateway.otlp.OtlpReceiver;
import io.tributary.gateway.otlp.OtlpService;
import io.tributary.gateway.publish.ByteBudget;
import io.tributary.gateway.publish.KafkaRecordPublisher;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the gateway together. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {
    @Bean
    ByteBudget byteBudget(OtlpProperties otlp) {
        return new ByteBudget(otlp.publisher().maxBytesWaiting());
    }

    // Closed by the gateway, which knows when.
    @Bean(destroyMethod = "")
    KafkaRecordPublisher publisher(
            OtlpProperties otlp, KafkaProperties kafka, ByteBudget budget, MeterRegistry meters) {
        return new KafkaRecordPublisher(otlp.publisher(), kafka.clientConfig(), budget, meters);
    }

    @Bean
    TimeSlices timeSlices(OtlpProperties otlp, Clock clock) {
        // An instance is one run of the process: what an earlier run counted must not be replaced.
        String instance = UUID.randomUUID().toString();
        return new TimeSlices(instance, otlp.ledgerSlice().toMillis(), clock.millis());
    }

    @Bean(destroyMethod = "")
    LedgerPublisher ledgerPublisher(TimeSlices slices, Topics topics, KafkaRecordPublisher publisher, Clock clock) {
        return new LedgerPublisher(slices, topics.ledger(), publisher, clock);
    }

    @Bean(destroyMethod = "")
    ExecutorService gatewayWorkers(OtlpProperties otlp) {
        return Executors.newFixedThreadPool(
                otlp.workerThreads(),
                Thread.ofPlatform().name("gateway-worker-", 0).daemon().factory());
    }

    @Bean(destroyMethod = "")
    Server server(
            OtlpProperties otlp,
            Topics topics,
            ByteBudget budget,
            KafkaRecordPublisher publisher,
            TimeSlices slices,
            MeterRegistry meters,
            Clock clock,
            ExecutorService gatewayWorkers,
            ObjectProvider<Gateway> gateway) {
        OtlpReceiver receiver = new OtlpReceiver(
                otlp.limits(),
                budget,
                publisher,
                new Accounts(slices, meters),
                clock,
                gatewayWorkers,
                () -> gateway.getObject().isReady());
        return GatewayServer.of(otlp, OtlpService.all(topics, otlp.metricRules()), receiver);
    }

    @Bean
    Gateway gateway(
            Server server,
            KafkaRecordPublisher publisher,
            LedgerPublisher ledger,
            ExecutorService gatewayWorkers,
            TopicsAtStart topicsAtStart,
            Topics topics) {
        List<String> names = Stream.of(topics.logs(), topics.metrics(), topics.spans(), topics.ledger())
                .flatMap(topic -> Stream.of(topic.name(), topic.deadLetterName()))
                .toList();
        return new Gateway(server, publisher, ledger, gatewayWorkers, topicsAtStart::isReady, names);
    }

    /** Down until requests are taken. */
    @Bean
    HealthIndicator gatewayHealthIndicator(Gateway gateway) {
        return () -> gateway.isReady()
                ? Health.up().build()
                : Health.down()
                        .withDetail("waitingFor", "Kafka to tell of the topics")
                        .build();
    }
}
