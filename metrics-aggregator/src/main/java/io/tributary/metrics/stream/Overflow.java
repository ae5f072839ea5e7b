package io.tributary.metrics.stream;

import io.tributary.metrics.rollup.Fold;
import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Settled;
import io.tributary.metrics.rollup.Shape;
import io.tributary.metrics.state.RollupState;
import io.tributary.metrics.state.Series;
import io.tributary.metrics.window.Window;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.ledger.Outcome;
import java.util.Map;

/**
 * Takes the points of series that are over the budget. Those that say something by themselves (gauges, and what is
 * delta) are added up in one overflow series for each metric and partition, which has the labels {@link #LABEL} and
 * {@link #PARTITION} and no other: partitions know nothing of each other, and what one of them says of a series
 * replaces what was said before. Those that say something only beside earlier ones of their series (what is
 * cumulative), and those of a tenant that has no room for an overflow series either, are dropped.
 *
 * <p>Points are not kept one by one here: one that comes twice counts twice. OpenTelemetry, metrics/sdk.md, "Overflow
 * attribute".
 */
final class Overflow {
    /** The label of overflow series, which is {@code true}: OpenTelemetry's attribute as a label. */
    static final String LABEL = "otel_metric_overflow";

    /** The label that tells overflow series of one metric apart: the partition of {@code metrics}. */
    static final String PARTITION = "partition";

    /** A point of a series that is over the budget. */
    static final Outcome OVER_BUDGET = Outcome.dropped("over_budget");

    private final RollupState state;
    private final Windows windows;
    private final SeriesBudget budget;
    private final long memoryNanos;
    private final Map<String, String> labels;
    private final RollupMeter meter;

    Overflow(
            RollupState state,
            Windows windows,
            SeriesBudget budget,
            long memoryNanos,
            int partition,
            RollupMeter meter) {
        this.state = state;
        this.windows = windows;
        this.budget = budget;
        this.memoryNanos = memoryNanos;
        this.labels = Map.of(LABEL, "true", PARTITION, Integer.toString(partition));
        this.meter = meter;
    }

    /** Whether there is room for one more series of this tenant and metric. */
    boolean hasRoom(String tenant, String metric) {
        return hasRoom(tenant) && state.series().counts().of(tenant, metric) < budget.ofMetric();
    }

    private boolean hasRoom(String tenant) {
        return state.series().counts().of(tenant) < budget.ofTenant();
    }

    /** Adds up a point of a series that there is no room for. */
    Outcome take(MetricPoint point, Sample sample) {
        meter.overBudget(point.getTenant(), point.getName());
        if (!addsUp(sample.shape())) {
            return OVER_BUDGET;
        }
        SeriesId id = SeriesId.of(point.getTenant(), point.getName(), labels);
        if (!state.series().has(id)) {
            if (!hasRoom(point.getTenant())) {
                return OVER_BUDGET;
            }
            MetricPoint overflow = new MetricPoint();
            overflow.setTenant(point.getTenant());
            overflow.setName(point.getName());
            overflow.setUnit(point.getUnit());
            overflow.setLabels(labels);
            state.series().begin(id, overflow);
            state.expiries().schedule(sample.time() + memoryNanos, id);
        }
        remember(id, sample);
        Fold fold = new Fold(Settled.NOTHING, memoryNanos);
        fold.add(sample);
        Rollup rollup = fold.take().orElseThrow();
        for (long length : windows.lengths()) {
            state.pending().mergeInTime(id, Window.around(sample.time(), length), rollup);
        }
        return Outcome.FORWARDED;
    }

    /** A series is forgotten by its latest sample. One note a slice is enough, if it is not before any sample of it. */
    private void remember(SeriesId id, Sample sample) {
        Series series = state.series().get(id);
        if (sample.time() > series.settled().time()) {
            long end = windows.slice(sample.time()).end();
            state.series().put(id, series.with(new Settled(sample.shape(), end, 0, 0, null)));
        }
    }

    private static boolean addsUp(Shape shape) {
        return shape.isDelta() ? shape != Shape.UP_DOWN_DELTA : !shape.isDifferenced();
    }
}
