package io.tributary.metrics.stream;

import io.tributary.metrics.point.PointCheck;
import io.tributary.metrics.point.PointReader;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.state.MemoryBudget;
import io.tributary.metrics.state.PointStore;
import io.tributary.metrics.state.RollupState;
import io.tributary.metrics.window.Windows;
import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps points until their windows close, which is when stream time passes their end by the grace.
 *
 * <p>Stream time is the latest time of a point of this partition, but a point takes it no further than its own record's
 * timestamp in Kafka: a source whose clock is ahead closes no window of the others. (A broker takes no timestamp that
 * is far ahead of its own clock: {@code message.timestamp.after.max.ms}.)
 */
final class RollupStep implements SourceStep<SeriesId, MetricPoint, SeriesId, RollupPoint> {
    /** A point of a window that is closed. */
    static final Outcome LATE = Outcome.dropped("late");
    /** A point too far ahead of its record's timestamp. */
    static final Outcome FUTURE = Outcome.dropped("future");
    /** A point without a value, by which a source says that the series ended. A rollup tells that by its absence. */
    static final Outcome STALE = Outcome.dropped("stale");
    /** A number that adds up with nothing: not a number, or infinite. */
    static final Outcome NOT_FINITE = Outcome.dropped("not_finite");
    /** One of two different points of the same series and instant. */
    static final Outcome CONFLICT = Outcome.dropped("conflict");

    /** What is kept of a series may be twice as large as a point, and a changelog must take it. */
    private static final int MAX_BYTES = 1_000_000;

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final RollupSettings settings;
    private final MemoryBudget memory;
    private final RollupMeter meter;
    private final Windows windows;
    private final SeriesBudget budget;
    private ProcessorContext<SeriesId, RollupPoint> context;
    private RollupState state;
    private Overflow overflow;
    private Closing closing;
    private Preview preview;
    private long streamTime;
    /** A time that points reached before the start of this task; stream time may not have, so it closes nothing. */
    private long seenBefore;

    private long previewed;
    private long recordMillis;
    private long lastInputMillis;

    RollupStep(RollupSettings settings, SeriesBudget budget, MemoryBudget memory, RollupMeter meter) {
        this.settings = settings;
        this.budget = budget;
        this.memory = memory;
        this.meter = meter;
        this.windows = settings.toWindows();
    }

    @Override
    public void init(ProcessorContext<SeriesId, RollupPoint> context) {
        this.context = context;
        state = RollupState.in(context::getStateStore, windows, memory);
        long memoryNanos = settings.memory().toNanos();
        overflow = new Overflow(
                state, windows, budget, memoryNanos, context.taskId().partition(), meter);
        closing = new Closing(state, windows, memoryNanos, (id, point) -> forward(id, point, true));
        preview = new Preview(state, windows, memoryNanos, (id, point) -> forward(id, point, false));
        streamTime = windows.streamTimeOf(closing.closed());
        seenBefore = state.points().latestSlice();
        lastInputMillis = context.currentSystemTimeMs();
        // Wall clock, because the last windows of a partition that fell silent must come out. What they say then is
        // provisional, so the clock has no influence on what they say in the end.
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::previewSilent);
    }

    @Override
    public Outcome process(Record<SeriesId, MetricPoint> record) {
        throw new UnsupportedOperationException("point: without its bytes (expected: with them, for they are bounded)");
    }

    @Override
    public Outcome process(Record<SeriesId, MetricPoint> record, byte[] payload) {
        try {
            if (payload.length > MAX_BYTES) {
                throw new RejectedException(
                        Reason.TOO_LARGE, "point: " + payload.length + " bytes (expected: at most " + MAX_BYTES + ")");
            }
            Outcome outcome = take(record);
            meter.handled(outcome);
            return outcome;
        } catch (RejectedException e) {
            meter.rejected(e.reason());
            throw e;
        }
    }

    private Outcome take(Record<SeriesId, MetricPoint> record) {
        MetricPoint point = record.value();
        PointCheck.check(record.key(), point);
        boolean stale = point.getValue() == null;
        Optional<Sample> sample = stale ? Optional.empty() : PointReader.read(point);
        recordMillis = record.timestamp();
        lastInputMillis = context.currentSystemTimeMs();
        long time = point.getTimeUnixNano();
        long aheadMillis = time / NANOS - recordMillis;
        if (aheadMillis > settings.future().toMillis()) {
            return FUTURE;
        }
        advance(aheadMillis > 0 ? recordMillis * NANOS : time);
        if (stale) {
            return STALE;
        }
        return sample.map(taken -> keep(record.key(), point, taken)).orElse(NOT_FINITE);
    }

    private void advance(long time) {
        if (time > streamTime) {
            streamTime = time;
            long closable = windows.closedAt(time);
            if (closable > closing.closed()) {
                closing.setClosed(closable);
            }
        }
        if (closing.closeSome()) {
            closing.forgetSome();
        }
    }

    private Outcome keep(SeriesId id, MetricPoint point, Sample sample) {
        if (sample.time() < closing.closed()) {
            return LATE;
        }
        // A series that has points is remembered.
        if (!state.points().holds(id, sample.time()) && !state.series().has(id)) {
            if (!overflow.hasRoom(point.getTenant(), point.getName())) {
                previewed = Math.min(previewed, windows.slice(sample.time()).start());
                return overflow.take(point, sample);
            }
            state.series().begin(id, point);
            state.expiries().schedule(sample.time() + settings.memory().toNanos(), id);
        }
        PointStore.Added added = state.points().add(id, sample);
        if (added != PointStore.Added.DUPLICATE) {
            previewed = Math.min(previewed, windows.slice(sample.time()).start());
        }
        return switch (added) {
            case NEW -> Outcome.FORWARDED;
            case DUPLICATE -> Outcome.DUPLICATE;
            case CONFLICT -> CONFLICT;
        };
    }

    /** Publishes what would be closed, had time gone on while no record came. */
    private void previewSilent(long nowMillis) {
        long silent = nowMillis - lastInputMillis - settings.idle().toMillis();
        if (silent < 0) {
            return;
        }
        recordMillis = nowMillis;
        // What is closed comes out first, as it would with the next record. Series are forgotten at records alone,
        // since
        // the clock must not decide which ones are within the budget.
        if (!closing.closeSome()) {
            return;
        }
        long after = Math.max(closing.closed(), previewed);
        long upTo = windows.closedAt(Math.max(streamTime, seenBefore) + silent * NANOS);
        if (upTo > after) {
            preview.publish(closing.closed(), after, upTo);
            previewed = upTo;
        }
    }

    @Override
    public void beforeCommit() {
        state.save();
    }

    @Override
    public void close() {
        if (state != null) {
            state.points().close();
        }
    }

    private void forward(SeriesId id, RollupPoint point, boolean isClosed) {
        context.forward(new Record<>(id, point, recordMillis), RollupTopology.ROLLUPS);
        meter.published(isClosed);
    }
}
