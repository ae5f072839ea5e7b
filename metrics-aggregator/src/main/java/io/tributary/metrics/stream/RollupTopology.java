package io.tributary.metrics.stream;

import io.tributary.metrics.point.PointGlance;
import io.tributary.metrics.state.MemoryBudget;
import io.tributary.metrics.state.RollupState;
import io.tributary.runtime.stream.SourceStage;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/**
 * {@code metrics} → rollups per series and window → {@code metrics.rollup}.
 *
 * @param topics the topic catalogue
 * @param instance the process, for the ledger
 * @param settings how points are rolled up
 * @param budget how many series are remembered at once, by all partitions together
 * @param meter is told what happens
 */
public record RollupTopology(
        Topics topics, String instance, RollupSettings settings, SeriesBudget budget, RollupMeter meter)
        implements Supplier<Topology> {
    /** The application id, and so the stage in the ledger. */
    public static final String STAGE = "metrics-aggregator";

    static final String ROLLUPS = "rollups";

    @Override
    public Topology get() {
        MemoryBudget memory = new MemoryBudget(settings.heldBytes());
        SeriesBudget share = budget.share(topics.metrics().settings().partitions());
        return new SourceStage<>(
                        STAGE,
                        STAGE,
                        instance,
                        topics,
                        glanced(topics.metrics()),
                        () -> new RollupStep(settings, share, memory, meter),
                        RollupState.builders())
                .addTo(new Topology())
                .addSink(
                        ROLLUPS,
                        topics.rollups().name(),
                        topics.rollups().key().serializer(),
                        topics.rollups().value().serializer(),
                        STAGE);
    }

    /** The topic, of whose points no more is decoded than is looked at. */
    private static Topic<SeriesId, MetricPoint> glanced(Topic<SeriesId, MetricPoint> metrics) {
        PointGlance glance = new PointGlance(metrics);
        Serde<MetricPoint> value =
                Serdes.serdeFrom(metrics.value().serializer(), (topic, payload) -> glance.read(payload));
        return new Topic<>(metrics.name(), metrics.signal(), metrics.key(), value, metrics.settings());
    }
}
