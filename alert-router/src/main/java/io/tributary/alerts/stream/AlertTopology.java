package io.tributary.alerts.stream;

import io.tributary.alerts.evaluation.EvaluationSettings;
import io.tributary.alerts.evaluation.GroupReports;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.routing.Routing;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.runtime.source.SourceLag;
import io.tributary.runtime.stream.SourceStage;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * From samples to messages that are due, in four steps that Kafka joins: points are routed to the shards that want
 * them, shards evaluate rules, each alert is merged with what is known of it, and each group decides what to tell its
 * receiver.
 *
 * <p>Whatever one step does with a record commits together, so a crash repeats nothing and loses nothing.
 */
public final class AlertTopology implements Supplier<Topology> {
    /** The application id, and the stage in the ledger. */
    public static final String NAME = "alert-router";

    /** The sink of points and progress for shards, by which the routing forwards. */
    static final String SELECTED = "selected-sink";
    /** The sink of points that rules recorded. */
    static final String RECORDED = "recorded-sink";
    /** The sink of alerts, by which rule evaluation forwards. */
    static final String ALERTS = "alerts-sink";
    /** The sink of alerts with their group, by which the merge forwards. */
    static final String GROUPED = "grouped-sink";
    /** The processor that keeps the groups. */
    static final String GROUPING = "grouping";
    /** The sink of messages. */
    static final String NOTIFICATIONS = "notifications-sink";

    private static final String ROUTING = "point-routing";
    private static final String EVALUATION = "rule-evaluation";
    private static final String MERGE = "alert-merge";
    private static final String GROUPED_ALERTS = "grouped-alerts";
    private static final String DELIVERED = "delivered-notifications";

    /**
     * What the topology is made for.
     *
     * @param instance the process, for the ledger
     * @param rules the rules in force; may be empty, and may be others at any time
     * @param evaluator evaluates them
     * @param evaluation how they are evaluated
     * @param evaluationDelay how long an evaluation waits for late points
     * @param memory how much samples and what rules remember may take
     * @param cachedSeries of how many series all partitions together remember who wants them
     * @param partitions how many partitions there are, once the topics are there
     * @param ends the offset behind the last record of a partition
     * @param lag what of the metrics topic is not yet read
     * @param reports takes note of evaluations
     * @param routing where alerts go
     */
    public record Plan(
            String instance,
            Supplier<RuleSet> rules,
            GroupEvaluator evaluator,
            EvaluationSettings evaluation,
            Duration evaluationDelay,
            MemoryBudget memory,
            int cachedSeries,
            Supplier<Partitions> partitions,
            ToLongFunction<TopicPartition> ends,
            SourceLag lag,
            GroupReports reports,
            Routing routing) {}

    /**
     * Numbers of partitions.
     *
     * @param metrics of the metrics topic
     * @param selected of the topic between routing and evaluation: how many shards there are
     */
    public record Partitions(int metrics, int selected) {}

    private final Topics topics;
    private final Plan plan;

    /** The topology on these topics. */
    public AlertTopology(Topics topics, Plan plan) {
        this.topics = topics;
        this.plan = plan;
    }

    /** The topic between routing and evaluation, a partition for each shard. */
    public static Topic<?, ?> selected(Topics topics) {
        return selectedPoints(topics);
    }

    private static Topic<Places, Routed> selectedPoints(Topics topics) {
        Topic<SeriesId, MetricPoint> metrics = topics.metrics();
        return new Topic<>(
                metrics.name() + ".selected",
                metrics.signal(),
                Places.serde(),
                Routed.serde(metrics.value()),
                metrics.settings());
    }

    /**
     * The topic between merge and grouping: alerts by group, so that a group has one owner. It must have as many
     * partitions as the notification log.
     */
    public static Topic<NotificationKey, Alert> grouped(Topics topics) {
        Topic<String, Alert> alerts = topics.alerts();
        return new Topic<>(
                alerts.name() + ".grouped",
                alerts.signal(),
                topics.notifications().key(),
                alerts.value(),
                topics.notifications().settings());
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        addRouting(topology);
        addEvaluation(topology);
        addMerge(topology);
        addGrouping(topology);
        return topology;
    }

    private void addRouting(Topology topology) {
        Topic<Places, Routed> selected = selectedPoints(topics);
        new SourceStage<>(
                        ROUTING,
                        NAME,
                        plan.instance(),
                        topics,
                        topics.metrics(),
                        () -> new RoutingStep(plan, topics.metrics().name()),
                        Set.of())
                .addTo(topology)
                .addSink(
                        SELECTED,
                        selected.name(),
                        selected.key().serializer(),
                        selected.value().serializer(),
                        Places.partitioner(),
                        ROUTING);
    }

    private void addEvaluation(Topology topology) {
        new SourceStage<>(
                        EVALUATION,
                        NAME,
                        plan.instance(),
                        topics,
                        selectedPoints(topics),
                        () -> new ShardStep(plan),
                        Set.of(AlertStores.samples(plan.memory()), AlertStores.rules()))
                .addTo(topology)
                .addSink(
                        ALERTS,
                        topics.alerts().name(),
                        new StringSerializer(),
                        topics.alerts().value().serializer(),
                        EVALUATION)
                .addSink(
                        RECORDED,
                        topics.metrics().name(),
                        topics.metrics().key().serializer(),
                        topics.metrics().value().serializer(),
                        EVALUATION);
    }

    private void addMerge(Topology topology) {
        Topic<NotificationKey, Alert> grouped = grouped(topics);
        new SourceStage<>(
                        MERGE,
                        NAME,
                        plan.instance(),
                        topics,
                        topics.alerts(),
                        () -> new MergeStep(plan, topics.alerts().name()),
                        Set.of(AlertStores.alerts(topics.alerts().value()), AlertStores.read()))
                .addTo(topology)
                .addSink(
                        GROUPED,
                        grouped.name(),
                        grouped.key().serializer(),
                        grouped.value().serializer(),
                        MERGE);
    }

    private void addGrouping(Topology topology) {
        new SourceStage<>(GROUPED_ALERTS, NAME, plan.instance(), topics, grouped(topics), PassingStep::new, Set.of())
                .addTo(topology);
        new SourceStage<>(
                        DELIVERED, NAME, plan.instance(), topics, topics.notificationLog(), PassingStep::new, Set.of())
                .addTo(topology)
                .addProcessor(GROUPING, new Grouping(), GROUPED_ALERTS, DELIVERED)
                .addSink(
                        NOTIFICATIONS,
                        topics.notifications().name(),
                        topics.notifications().key().serializer(),
                        topics.notifications().value().serializer(),
                        GROUPING);
    }

    private final class Grouping implements ProcessorSupplier<Object, Object, Object, Object> {
        private final Set<StoreBuilder<?>> stores =
                Set.of(AlertStores.groups(), AlertStores.members(topics.alerts().value()), AlertStores.numbers());

        @Override
        public Processor<Object, Object, Object, Object> get() {
            return new GroupingProcessor(plan.routing());
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return stores;
        }
    }
}
