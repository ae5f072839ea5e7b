package io.tributary.metrics.rollup;

/**
 * What every distribution tells. NaN stands for "not told".
 *
 * @param count how many values
 * @param sum of the values, in the metric's unit; NaN when not told
 * @param min the smallest; NaN when not told
 * @param max the largest; NaN when not told
 */
public record Totals(long count, double sum, double min, double max) {
    /** Totals of fields of which null means "not told"; a value that is not finite tells nothing. */
    public static Totals of(long count, Double sum, Double min, Double max) {
        return new Totals(count, told(sum), told(min), told(max));
    }

    /** Both together. What one of them does not tell, the two together do not tell; nothing added changes nothing. */
    public Totals plus(Totals later) {
        if (count == 0) {
            return later;
        }
        if (later.count == 0) {
            return this;
        }
        return new Totals(count + later.count, sum + later.sum, Math.min(min, later.min), Math.max(max, later.max));
    }

    /**
     * What came since earlier totals that these have grown from. The extremes since the start say nothing of the
     * extremes since then, unless there was nothing before.
     */
    public Totals since(Totals earlier) {
        return earlier.count == 0 ? this : new Totals(count - earlier.count, sum - earlier.sum, Double.NaN, Double.NaN);
    }

    /** No values, with a sum if there is one here. */
    public Totals none() {
        return new Totals(0, Double.isNaN(sum) ? Double.NaN : 0, Double.NaN, Double.NaN);
    }

    /** The value, or null when not told. */
    static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static double told(Double value) {
        return value != null && Double.isFinite(value) ? value : Double.NaN;
    }
}
