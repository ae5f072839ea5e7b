/**
 * What the points of a series add up to: plain values and their arithmetic, by OpenTelemetry's metrics data model.
 * Knows nothing of Kafka, stores or Spring.
 */
package io.tributary.metrics.rollup;
