package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.SumRollup;

/**
 * A window of a counter.
 *
 * @param increase how much it grew, in the metric's unit; at least 0
 * @param resets how often it began again at 0
 * @param last the cumulative value at the latest point; for delta points their running total
 */
public record Counter(double increase, long resets, double last) implements Content {
    @Override
    public Content merge(Content later) {
        return later instanceof Counter other
                ? new Counter(increase + other.increase, resets + other.resets, other.last)
                : later;
    }

    @Override
    public SumRollup toAvro() {
        return new SumRollup(increase, resets, last);
    }
}
