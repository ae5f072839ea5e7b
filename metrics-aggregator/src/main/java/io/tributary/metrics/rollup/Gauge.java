package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.GaugeRollup;

/**
 * A window of independent values.
 *
 * @param min the smallest, in the metric's unit
 * @param max the largest
 * @param sum of all
 * @param last the one with the latest time
 */
public record Gauge(double min, double max, double sum, double last) implements Content {
    /** The window of one value. */
    public static Gauge of(double value) {
        return new Gauge(value, value, value, value);
    }

    @Override
    public Content merge(Content later) {
        return later instanceof Gauge other
                ? new Gauge(Math.min(min, other.min), Math.max(max, other.max), sum + other.sum, other.last)
                : later;
    }

    @Override
    public GaugeRollup toAvro() {
        return new GaugeRollup(min, max, sum, last);
    }
}
