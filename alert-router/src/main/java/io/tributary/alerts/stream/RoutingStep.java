package io.tributary.alerts.stream;

import io.tributary.alerts.planning.RuleSet;
import io.tributary.runtime.source.SourceLag;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends the points that some rule wants to the shards that want them, and tells all shards how far the partition has
 * come. Has no state: what it tells follows from the records.
 *
 * <p>Time is the greatest min(event time, Kafka timestamp), so that a clock that is ahead does not hurry the others.
 * The partition is complete up to that time less the delay. When there is nothing to be read from it for as long as the
 * delay, the wall clock takes over: an alert must fire when no further point comes, and {@code absent} above all. A
 * partition whose records merely wait to be read is not silent. That it is silent is said through Kafka: where Kafka is
 * away, nothing is said, and time stands still.
 */
final class RoutingStep implements SourceStep<SeriesId, MetricPoint, Places, Routed> {
    /** The point is of no concern to any rule; other stages store it. */
    static final Outcome NOT_SELECTED = Outcome.dropped("not_selected");
    /** The point's time lies ahead of its arrival. */
    static final Outcome FUTURE = Outcome.dropped("future");
    /** The point is a difference, which no rule can make sense of. */
    static final Outcome DELTA = Outcome.dropped("delta");

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long FUTURE_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Supplier<RuleSet> rules;
    private final PointRouting routing;
    private final long delay;
    private final String topic;
    private final SourceLag lag;
    private ProcessorContext<Places, Routed> context;
    private TopicPartition source;
    private long eventTime;
    /** Whether a record was handled since the last look at the clock. */
    private boolean handled;

    /** When a look last found a record handled, or one still to be fetched; milliseconds since the epoch. */
    private long busyAt;

    private long told;

    RoutingStep(AlertTopology.Plan plan, String topic) {
        this.rules = plan.rules();
        this.routing = new PointRouting(
                () -> plan.cachedSeries() / plan.partitions().get().metrics());
        this.delay = plan.evaluationDelay().toMillis();
        this.topic = topic;
        this.lag = plan.lag();
    }

    @Override
    public void init(ProcessorContext<Places, Routed> context) {
        this.context = context;
        source = new TopicPartition(topic, context.taskId().partition());
        handled = false;
        busyAt = context.currentSystemTimeMs();
        // Wall clock, because rules must be evaluated when no further point comes.
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tellOfSilence);
    }

    @Override
    public Outcome process(Record<SeriesId, MetricPoint> record) {
        handled = true;
        long at = TimeUnit.NANOSECONDS.toMillis(record.value().getTimeUnixNano());
        Outcome outcome = route(record, at);
        if (!outcome.equals(FUTURE)) {
            eventTime = Math.max(eventTime, Math.min(at, record.timestamp()));
            // Once a second is enough for instants that are seconds apart.
            if ((eventTime - delay) / TICK.toMillis() > told / TICK.toMillis()) {
                tell(eventTime - delay, false);
            }
        }
        return outcome;
    }

    /** Behind records that cannot be read, others may wait. */
    @Override
    public void rejected() {
        handled = true;
    }

    private Outcome route(Record<SeriesId, MetricPoint> record, long at) {
        MetricPoint point = record.value();
        Places places = record.key() == null ? Places.EVERYWHERE : routing.places(rules.get(), record.key(), point);
        if (places.isEmpty()) {
            return NOT_SELECTED;
        }
        PointCheck.check(record.key(), point);
        if (at > record.timestamp() + FUTURE_MILLIS) {
            return FUTURE;
        }
        if (point.getTemporality() == Temporality.DELTA) {
            return DELTA;
        }
        context.forward(
                new Record<>(places, new Routed.Point(slim(point)), context.currentSystemTimeMs()),
                AlertTopology.SELECTED);
        return Outcome.FORWARDED;
    }

    /** Without what no rule reads. */
    private static MetricPoint slim(MetricPoint point) {
        point.setDescription("");
        point.setUnit("");
        point.setSourceName("");
        point.setExemplars(List.of());
        point.setResource(new Resource(Map.of(), 0L, ""));
        point.setScope(new Scope("", "", Map.of(), 0L, ""));
        return point;
    }

    /**
     * Between two looks, Kafka Streams handles at least one record of those that it has fetched. Their times of arrival
     * would say less: a thread that is busy with other partitions, or slow, may be long in coming to them.
     */
    private void tellOfSilence(long now) {
        if (handled || !lag.isZero(source)) {
            handled = false;
            busyAt = now;
        } else if (now - busyAt >= delay && now - delay > told) {
            tell(now - delay, true);
        }
    }

    private void tell(long completeUntil, boolean idle) {
        told = completeUntil;
        if (!rules.get().groups().isEmpty()) {
            Routed progress = new Routed.Progress(context.taskId().partition(), completeUntil, idle);
            context.forward(
                    new Record<>(Places.EVERYWHERE, progress, context.currentSystemTimeMs()), AlertTopology.SELECTED);
        }
    }
}
