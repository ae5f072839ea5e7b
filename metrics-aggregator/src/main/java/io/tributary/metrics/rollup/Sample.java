package io.tributary.metrics.rollup;

/**
 * One point of a series, cut down to what a rollup needs.
 *
 * @param shape how it combines with others
 * @param time when it was true, in nanoseconds since the epoch UTC
 * @param start when its interval began, in nanoseconds since the epoch UTC; 0 when not told
 * @param measure what it says
 */
public record Sample(Shape shape, long time, long start, Measure measure) {
    /**
     * Whether the start is known. A start that is not before the time tells only that the source began to look then:
     * OpenTelemetry, metrics/data-model.md, "Cumulative streams: handling unknown start time".
     */
    boolean tellsStart() {
        return start > 0 && start < time;
    }
}
