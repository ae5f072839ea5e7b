/**
 * Rolls metric points up: per series and tumbling window of event time, from {@code metrics} to {@code metrics.rollup}.
 */
package io.tributary.metrics;
