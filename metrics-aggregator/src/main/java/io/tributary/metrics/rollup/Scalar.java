package io.tributary.metrics.rollup;

/**
 * One number.
 *
 * @param value in the metric's unit; finite
 */
public record Scalar(double value) implements Measure {}
