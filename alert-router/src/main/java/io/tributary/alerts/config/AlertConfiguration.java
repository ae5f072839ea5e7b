package io.tributary.alerts.config;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.alerts.evaluation.GroupReports;
import io.tributary.alerts.http.AlertView;
import io.tributary.alerts.http.AlertsController;
import io.tributary.alerts.http.ReloadController;
import io.tributary.alerts.http.RulesController;
import io.tributary.alerts.http.StatusController;
import io.tributary.alerts.posted.AlertPublisher;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.routing.Routing;
import io.tributary.alerts.routing.RoutingFile;
import io.tributary.alerts.rules.RuleSource;
import io.tributary.alerts.stream.AlertTopology;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.runtime.config.KafkaProperties;
import io.tributary.runtime.config.StreamsRunner;
import io.tributary.runtime.config.TopicsAtStart;
import io.tributary.runtime.source.SourceLag;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
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

    /** The rules in force; files that cannot be taken stop the start. */
    @Bean
    public RuleSource ruleSource(AlertProperties alerts, Clock clock) {
        return new RuleSource(alerts.ruleFiles(), alerts.reading(), alerts.engine(), clock);
    }

    /** Reads rule files again when they change. */
    @Bean
    public RuleReload ruleReload(RuleSource rules, AlertProperties alerts, MeterRegistry meters) {
        return new RuleReload(rules, alerts.reloadInterval(), meters);
    }

    /** How evaluations went. */
    @Bean
    public GroupReports groupReports() {
        return new GroupReports();
    }

    /** What the samples that rules read may take. */
    @Bean
    public MemoryBudget sampleMemory(AlertProperties alerts, MeterRegistry meters) {
        MemoryBudget budget = new MemoryBudget(alerts.sampleBytes());
        Gauge.builder("tributary.alerts.sample.memory", budget, MemoryBudget::taken)
                .description("What the samples that rules read take, about")
                .baseUnit("bytes")
                .register(meters);
        return budget;
    }

    /** What of its sources the topology has not yet read. */
    @Bean
    public SourceLag sourceLag() {
        return new SourceLag();
    }

    /** What the topology is made for. */
    @Bean
    public AlertTopology.Plan plan(
            KafkaProperties kafka,
            AlertProperties alerts,
            RuleSource rules,
            MemoryBudget memory,
            GroupReports reports,
            Routing routing,
            SourceLag lag,
            Topics topics,
            Admin admin) {
        GroupEvaluator evaluator =
                new GroupEvaluator(new Engine(alerts.engine()), new External(Labels.EMPTY, alerts.externalUrl()));
        return new AlertTopology.Plan(
                kafka.staticInstance().orElse(AlertTopology.NAME),
                rules,
                evaluator,
                alerts.evaluation(),
                alerts.evaluationDelay(),
                memory,
                alerts.cachedSeries(),
                new TopicPartitions(admin, topics),
                new TopicEnds(admin),
                lag,
                reports,
                routing);
    }

    /** The topic between routing and evaluation, which is created with the others. */
    @Bean
    public Topic<?, ?> selectedPoints(Topics topics) {
        return AlertTopology.selected(topics);
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
            SourceLag lag,
            MeterRegistry meters) {
        return new StreamsRunner(kafka, AlertTopology.NAME, new AlertTopology(topics, plan), atStart, lag, meters);
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

    /** The API for rules. */
    @Bean
    public RulesController rulesController(RuleSource rules, GroupReports reports) {
        return new RulesController(rules, reports::all);
    }

    /** The API that reads rule files again. */
    @Bean
    public ReloadController reloadController(RuleReload reload) {
        return new ReloadController(reload::reload);
    }

    /** The API for the service's status. */
    @Bean
    public StatusController statusController(AlertProperties alerts, TopicsAtStart atStart, Clock clock)
            throws IOException {
        String configuration = alerts.configFile() == null ? "" : Redaction.of(Files.readString(alerts.configFile()));
        return new StatusController(configuration, atStart::isReady, clock);
    }
}
