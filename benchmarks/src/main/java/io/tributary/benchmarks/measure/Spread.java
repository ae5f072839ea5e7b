package io.tributary.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * The same thing measured several times.
 *
 * @param median the middle one; the mean of the middle two of an even number
 * @param least the least
 * @param most the most
 */
public record Spread(double median, double least, double most) {
    /** The spread of at least one measurement. */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** The value below which this share of them lies; 0 if there are none. */
    public static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    /** {@code median (least–most)} with thousands separated, and one decimal below 100. */
    public String text() {
        return number(median) + " (" + number(least) + "–" + number(most) + ")";
    }

    /** A number as people read it. */
    public static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value);
    }
}
