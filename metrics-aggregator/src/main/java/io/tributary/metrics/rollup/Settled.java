package io.tributary.metrics.rollup;

/**
 * What must be known of a series' earlier samples to take the next one.
 *
 * @param shape of the latest sample
 * @param time of the latest sample, in nanoseconds since the epoch UTC
 * @param start of the latest sample, in nanoseconds since the epoch UTC; 0 when not told
 * @param total running total of delta sums, in the metric's unit; 0 for every other shape
 * @param measure of the latest sample, where growth since then counts; null for every other shape
 */
public record Settled(Shape shape, long time, long start, double total, Measure measure) {
    /** Nothing is known. */
    public static final Settled NOTHING = new Settled(Shape.UNKNOWN, 0, 0, 0, null);

    /** Whether a sample of this shape at this time continues from here, and does not begin anew. */
    boolean isContinuedBy(Sample sample, long memoryNanos) {
        return time > 0 && shape == sample.shape() && sample.time() - time <= memoryNanos;
    }

    static Settled after(Sample sample, double total) {
        Measure kept = sample.shape().isDifferenced() ? sample.measure() : null;
        return new Settled(sample.shape(), sample.time(), sample.start(), total, kept);
    }
}
