package io.tributary.metrics.rollup;

import java.util.Optional;

/**
 * Adds up the samples of one series in the order of their times. It never sees the order of arrival, so that cannot
 * change a result.
 *
 * <p>A cumulative value is rolled up by its growth since the previous sample, in whatever window that was; the growth
 * belongs to the window of the later sample. It began again at nothing ("reset") when the source says so by a start
 * that is new and not before the previous sample, or when it fell. Then, all it holds is growth. A start that moved to
 * a time before the previous sample is taken for the jitter of a source that computes it, and not for a reset.
 *
 * <p>A first sample is growth from nothing if its start is known and lies within the memory: had the series been seen
 * since that start, it would be remembered. Otherwise, it may be an old counter seen again, and only sets the base.
 * Source: OpenTelemetry, metrics/data-model.md, "Resets and Gaps".
 */
public final class Fold {
    private final long memoryNanos;
    private Settled settled;
    private Rollup rollup;

    /**
     * Continues from earlier samples.
     *
     * @param memoryNanos how long after its latest sample a series is forgotten
     */
    public Fold(Settled settled, long memoryNanos) {
        this.settled = settled;
        this.memoryNanos = memoryNanos;
    }

    /** Adds a sample that is later than all before. */
    public void add(Sample sample) {
        boolean continued = settled.isContinuedBy(sample, memoryNanos);
        double total = 0;
        if (sample.shape().isDelta() && sample.measure() instanceof Scalar scalar) {
            total = (continued ? settled.total() : 0) + scalar.value();
        }
        Content content = switch (sample.measure()) {
            case Scalar scalar -> scalar(sample, scalar.value(), continued, total);
            case Histogram histogram -> growth(sample, histogram, Histogram.class, continued);
            case ExponentialHistogram histogram -> growth(sample, histogram, ExponentialHistogram.class, continued);
            case Summary summary -> growth(sample, summary, Summary.class, continued);
        };
        Rollup one = new Rollup(sample.shape(), 1, sample.time(), content);
        rollup = rollup == null ? one : rollup.merge(one);
        settled = Settled.after(sample, total);
    }

    private Content scalar(Sample sample, double value, boolean continued, double total) {
        return switch (sample.shape()) {
            case COUNTER -> counter(sample, value, continued);
            case COUNTER_DELTA -> new Counter(value, 0, total);
            case UP_DOWN_DELTA -> Gauge.of(total);
            default -> Gauge.of(value);
        };
    }

    private Counter counter(Sample sample, double value, boolean continued) {
        if (!continued) {
            return new Counter(isBorn(sample) ? value : 0, 0, value);
        }
        double previous = ((Scalar) settled.measure()).value();
        return isRestarted(sample) || value < previous
                ? new Counter(value, 1, value)
                : new Counter(value - previous, 0, value);
    }

    private <T extends Distribution<T>> T growth(Sample sample, T value, Class<T> type, boolean continued) {
        if (sample.shape().isDelta()) {
            return value;
        }
        if (!continued) {
            return isBorn(sample) ? value : value.none();
        }
        return isRestarted(sample)
                ? value
                : value.since(type.cast(settled.measure())).orElse(value);
    }

    private boolean isBorn(Sample sample) {
        return sample.tellsStart() && sample.time() - sample.start() <= memoryNanos;
    }

    private boolean isRestarted(Sample sample) {
        return sample.tellsStart() && sample.start() != settled.start() && sample.start() >= settled.time();
    }

    /** What the samples since the last call add up to; empty if there were none. */
    public Optional<Rollup> take() {
        Rollup taken = rollup;
        rollup = null;
        return Optional.ofNullable(taken);
    }

    /** What the next sample is to be continued from. */
    public Settled settled() {
        return settled;
    }
}
