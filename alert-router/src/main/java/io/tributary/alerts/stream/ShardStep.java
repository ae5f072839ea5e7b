package io.tributary.alerts.stream;

import io.tributary.alerts.evaluation.AlertChange;
import io.tributary.alerts.evaluation.GroupReport;
import io.tributary.alerts.evaluation.Output;
import io.tributary.alerts.evaluation.Shard;
import io.tributary.alerts.label.AlertKey;
import io.tributary.alerts.label.Fingerprint;
import io.tributary.alerts.retention.Appended;
import io.tributary.promql.value.Value;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps the samples of a shard, and evaluates its rule groups. */
final class ShardStep implements SourceStep<Places, Routed, Object, Object>, Output {
    /** The sample is older than one of the same series that is there. */
    static final Outcome OUT_OF_ORDER = Outcome.dropped("out_of_order");
    /** The sample contradicts one of the same series and time. */
    static final Outcome CONFLICT = Outcome.dropped("conflict");
    /** There is no room for another series. */
    static final Outcome NO_ROOM = Outcome.dropped("no_room");

    private static final Duration TICK = Duration.ofMillis(200);
    /** A transaction must not grow old, so a backlog of evaluations is worked off in pieces. */
    private static final long WORK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AlertTopology.Plan plan;
    private ProcessorContext<Object, Object> context;
    private StoreStateLog states;
    private Shard shard;

    ShardStep(AlertTopology.Plan plan) {
        this.plan = plan;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        // Wall clock, because what a record left undone must not wait for the next one, nor must a new set of rules.
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> {
            work();
            shard().renew(now);
        });
    }

    /** Made when it is first needed: what the stores hold is known by then. */
    private Shard shard() {
        if (shard == null) {
            shard = restored();
        }
        return shard;
    }

    private Shard restored() {
        ShardSamples samples = context.getStateStore(AlertStores.SAMPLES);
        states = new StoreStateLog(context.getStateStore(AlertStores.RULES), plan.memory());
        AlertTopology.Partitions partitions = plan.partitions().get();
        Shard.Place place = new Shard.Place(context.taskId().partition(), partitions.selected(), partitions.metrics());
        Shard.Setup setup = new Shard.Setup(plan.rules(), plan.evaluator(), plan.evaluation(), System::nanoTime);
        return new Shard(place, setup, samples.store(), states, this);
    }

    @Override
    public Outcome process(Record<Places, Routed> record) {
        return switch (record.value()) {
            case Routed.Point(var point) -> outcome(shard().point(point));
            case Routed.Progress(int source, long until, boolean idle) -> {
                shard().progress(source, until, idle);
                work();
                yield Outcome.FORWARDED;
            }
        };
    }

    private void work() {
        shard().refresh();
        long started = System.nanoTime();
        var _ = shard().work(() -> System.nanoTime() - started < WORK_NANOS);
    }

    private static Outcome outcome(Set<Appended> appended) {
        if (appended.contains(Appended.STORED)) {
            return Outcome.STORED;
        }
        if (appended.isEmpty()) {
            // The rules have changed since it was sent here.
            return RoutingStep.NOT_SELECTED;
        }
        return switch (appended.iterator().next()) {
            case STORED -> Outcome.STORED;
            case DUPLICATE -> Outcome.DUPLICATE;
            case CONFLICT -> CONFLICT;
            case OUT_OF_ORDER -> OUT_OF_ORDER;
            case NO_ROOM -> NO_ROOM;
        };
    }

    @Override
    public void alert(AlertChange change) {
        long now = context.currentSystemTimeMs();
        String fingerprint = Fingerprint.of(change.labels());
        Alert alert = Alert.newBuilder()
                .setTenant(change.tenant())
                .setFingerprint(fingerprint)
                .setLabels(change.labels())
                .setAnnotations(change.annotations())
                .setStartsAtUnixNano(TimeUnit.MILLISECONDS.toNanos(change.startsAt()))
                // The end of an alert that fires is no result but a promise to renew it, hence by the wall clock.
                .setEndsAtUnixNano(TimeUnit.MILLISECONDS.toNanos(change.endsAt().orElse(now + change.lease())))
                .setUpdatedAtUnixNano(TimeUnit.MILLISECONDS.toNanos(
                        Math.max(now, change.endsAt().orElse(now))))
                .build();
        context.forward(new Record<>(AlertKey.of(change.tenant(), fingerprint), alert, now), AlertTopology.ALERTS);
    }

    @Override
    public void sample(String tenant, Value.Sample sample) {
        RecordedPoints.of(tenant, sample).ifPresent(point -> {
            SeriesId series = SeriesId.of(tenant, point.getName(), point.getLabels());
            context.forward(new Record<>(series, point, context.currentSystemTimeMs()), AlertTopology.RECORDED);
        });
    }

    @Override
    public void evaluated(GroupReport report) {
        plan.reports().put(report);
    }

    @Override
    public void gone(GroupReport.Key group) {
        plan.reports().remove(group);
    }

    @Override
    public void close() {
        if (shard != null) {
            shard.close();
        }
        if (states != null) {
            states.close();
        }
        // A task that goes on after all is initialised anew.
        shard = null;
        states = null;
    }
}
