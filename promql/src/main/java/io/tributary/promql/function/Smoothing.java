package io.tributary.promql.function;

import io.tributary.promql.value.QueryException;
import java.util.Locale;

/**
 * {@code double_exponential_smoothing}: the numbers of the range smoothed, older ones counting less and less, with
 * their trend taken into account (Holt's method).
 */
record Smoothing() implements RangeFunction {

    @Override
    public void evaluate(Window window, Outcome out) {
        double factor = within(window.scalar(1), "smoothing factor", "sf");
        double trendFactor = within(window.scalar(2), "trend factor", "tf");
        var numbers = OverTime.numbers(window);
        if (numbers.length > 0 && numbers.length < window.size()) {
            window.inform(Remarks.HISTOGRAMS_IGNORED + Remarks.name(window), 0);
        }
        if (numbers.length < 2) {
            return;
        }
        double smoothed = numbers[0];
        double trend = numbers[1] - numbers[0];
        double before = 0;
        for (int i = 1; i < numbers.length; i++) {
            if (i > 1) {
                trend = trendFactor * (smoothed - before) + (1 - trendFactor) * trend;
            }
            before = smoothed;
            smoothed = factor * numbers[i] + (1 - factor) * (smoothed + trend);
        }
        out.set(smoothed);
    }

    private static double within(double factor, String name, String symbol) {
        if (!(factor > 0 && factor < 1)) {
            throw new QueryException(
                    String.format(Locale.ROOT, "invalid %s. Expected: 0 < %s < 1, got: %f", name, symbol, factor));
        }
        return factor;
    }
}
