package io.tributary.promql.histogram;

/**
 * A bucket with its bounds spelt out.
 *
 * @param lower may be negative infinity
 * @param upper may be infinity
 * @param count of observations; may be fractional, and negative after a subtraction
 */
public record Bucket(double lower, double upper, boolean lowerInclusive, boolean upperInclusive, double count) {

    /** As mathematics writes an interval, then the count: {@code (0.5,1]:3}. */
    @Override
    public String toString() {
        return (lowerInclusive ? "[" : "(")
                + HistogramText.number(lower)
                + ","
                + HistogramText.number(upper)
                + (upperInclusive ? "]:" : "):")
                + HistogramText.number(count);
    }
}
