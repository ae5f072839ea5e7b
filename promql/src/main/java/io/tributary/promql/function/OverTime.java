package io.tributary.promql.function;

import io.tributary.promql.histogram.Compensated;
import java.util.Arrays;

/** What the numbers of a window have in common, where that does not slide: each looks at all samples of the window. */
final class OverTime {

    private OverTime() {}

    /** The numbers of the window, without histograms. */
    static double[] numbers(Window window) {
        var samples = window.samples();
        var numbers = new double[window.size()];
        int size = 0;
        for (int i = window.from(); i < window.to(); i++) {
            if (samples.histogram(i) == null) {
                numbers[size++] = samples.value(i);
            }
        }
        return Arrays.copyOf(numbers, size);
    }

    /** The sum divided, or where the sum would overflow, a mean that is adjusted number by number. */
    static double mean(double[] numbers) {
        var total = new Compensated(numbers[0]);
        boolean incremental = false;
        for (int i = 1; i < numbers.length; i++) {
            double count = i + 1;
            if (!incremental && !total.overflowsWith(numbers[i])) {
                total.add(numbers[i]);
                continue;
            }
            if (!incremental) {
                incremental = true;
                total.divide(count - 1);
            }
            total.scale((count - 1) / count);
            total.add(numbers[i] / count);
        }
        return incremental ? total.value() : total.raw() / numbers.length + total.lost() / numbers.length;
    }

    /** Interpolated between the two nearest ranks; NaNs count as the smallest. */
    private static double quantile(double q, double[] numbers) {
        if (numbers.length == 0 || Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0 || q > 1) {
            return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        var sorted = numbers.clone();
        Arrays.sort(sorted);
        int nans = 0;
        while (nans < sorted.length && Double.isNaN(sorted[sorted.length - 1 - nans])) {
            nans++;
        }
        double rank = q * (sorted.length - 1);
        int lower = (int) Math.floor(rank);
        double weight = rank - lower;
        return ranked(sorted, nans, lower) * (1 - weight)
                + ranked(sorted, nans, Math.min(sorted.length - 1, lower + 1)) * weight;
    }

    private static double ranked(double[] sorted, int nans, int rank) {
        return rank < nans ? Double.NaN : sorted[rank - nans];
    }

    /** The median distance from the median. */
    static double medianDeviation(double[] numbers) {
        double median = quantile(0.5, numbers);
        var distances = new double[numbers.length];
        for (int i = 0; i < distances.length; i++) {
            if (Double.isNaN(numbers[i])) {
                return Double.NaN;
            }
            distances[i] = Math.abs(numbers[i] - median);
        }
        return quantile(0.5, distances);
    }
}
