package io.tributary.metrics.rollup;

/** What a sample says: one number or a distribution of numbers. */
public sealed interface Measure permits Scalar, Distribution {}
