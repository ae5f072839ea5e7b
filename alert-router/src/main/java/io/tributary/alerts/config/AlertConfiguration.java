package io.tributary.alerts.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.alerts.http.AlertView;
import io.tributary.alerts.http.AlertsController;
import io.tributary.alerts.http.StatusController;
import io.tributary.alerts.posted.AlertPublisher;
import io.tributary.alerts.routing.Routing;
import io.tributary.alerts.routing.RoutingFile;
import io.tributary.alerts.rule.RuleFiles;
import io.tributary.alerts.stream.AlertTopology;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.StreamsRunner;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The running topology, and the API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertProperties.class)
public class AlertConfiguration {
    private static final int DELIVERY_MILLIS = 8_000;
    private static final int REQUEST_MILLIS = 4_000;
    private static final int BLOCK_MILLIS = 4_000;
    private static final long BUFFER_BYTES = 32L << 20;

    /** Where alerts go. */
    @Bean
    public Routing routing(AlertProperties alerts) {
        return alerts.configFile() == null ? Routing.NOBODY : RoutingFile.read(alerts.configFile());
    }

    /** What the topology is made for; a rule file that cannot be taken stops the start. */
    @Bean
    public AlertTopology.Plan plan(KafkaProperties kafka, AlertProperties alerts, Routing routing) {
        return new AlertTopology.Plan(
                kafka.staticInstance().orElse(AlertTopology.NAME),
                RuleFiles.read(alerts.ruleFiles(), alerts.evaluationInterval()),
                alerts.evaluation(),
                alerts.evaluationDelay(),
                routing);
    }

    /** The topic between merge and grouping, which is created with the others. */
    @Bean
    public Topic<NotificationKey, Alert> groupedAlerts(Topics topics) {
        return AlertTopology.grouped(topics);
    }

    /** Runs the topology for as long as the service runs. */
    @Bean
    public StreamsRunner streams(
            KafkaProperties kafka,
            Topics topics,
            AlertTopology.Plan plan,
            TopicsAtStart atStart,
            MeterRegistry meters) {
        return new StreamsRunner(kafka, AlertTopology.NAME, new AlertTopology(topics, plan), atStart, meters);
    }

    /** Publishes what clients post, and fails soon enough for them to hear of it. */
    @Bean(destroyMethod = "close")
    public Producer<byte[], byte[]> alertProducer(KafkaProperties kafka) {
        Map<String, Object> config = new HashMap<>(kafka.clientConfig());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The API for alerts. */
    @Bean
    public AlertsController alertsController(
            Producer<byte[], byte[]> alertProducer,
            Topics topics,
            StreamsRunner streams,
            Routing routing,
            AlertProperties alerts,
            Clock clock) {
        AlertPublisher publisher = new AlertPublisher(alertProducer, topics.alerts());
        AlertView view = new StreamsAlertView(streams);
        return new AlertsController(
                publisher, view, routing, clock, (int) alerts.maxBodySize().toBytes());
    }

    /** The API for the service's status. */
    @Bean
    public StatusController statusController(AlertProperties alerts, TopicsAtStart atStart, Clock clock)
            throws IOException {
        String configuration = alerts.configFile() == null ? "" : Redaction.of(Files.readString(alerts.configFile()));
        return new StatusController(configuration, atStart::isReady, clock);
    }
}
