package io.tributary.promql.function;

import io.tributary.promql.histogram.Compensated;

/**
 * {@code deriv} and {@code predict_linear}: the line that fits the numbers of the range best, by least squares.
 *
 * @param predicts whether the value on the line is wanted, some seconds after the time of evaluation, and not the slope
 */
record Regression(boolean predicts) implements RangeFunction {

    @Override
    public void evaluate(Window window, Outcome out) {
        var samples = window.samples();
        int numbers = 0;
        int first = -1;
        for (int i = window.from(); i < window.to(); i++) {
            if (samples.histogram(i) == null) {
                numbers++;
                first = first < 0 ? i : first;
            }
        }
        if (numbers > 0 && numbers < window.size()) {
            window.inform(Remarks.HISTOGRAMS_IGNORED + Remarks.name(window), 0);
        }
        if (numbers < 2) {
            return;
        }
        // Near the samples, so that squares of times stay small.
        long origin = predicts ? window.time() : samples.time(first);
        fit(window, numbers, first, origin, out);
    }

    private void fit(Window window, int numbers, int first, long origin, Outcome out) {
        var samples = window.samples();
        var x = new Compensated();
        var y = new Compensated();
        var xy = new Compensated();
        var xx = new Compensated();
        boolean constant = true;
        for (int i = first; i < window.to(); i++) {
            if (samples.histogram(i) == null) {
                double value = samples.value(i);
                double seconds = (samples.time(i) - origin) / 1000.0;
                constant &= i == first || value == samples.value(first);
                x.add(seconds);
                y.add(value);
                xy.add(seconds * value);
                xx.add(seconds * seconds);
            }
        }
        double slope;
        double atOrigin;
        if (constant) {
            boolean infinite = Double.isInfinite(samples.value(first));
            slope = infinite ? Double.NaN : 0;
            atOrigin = infinite ? Double.NaN : samples.value(first);
        } else {
            slope = (xy.value() - x.value() * y.value() / numbers) / (xx.value() - x.value() * x.value() / numbers);
            atOrigin = y.value() / numbers - slope * x.value() / numbers;
        }
        out.set(predicts ? slope * window.scalar(1) + atOrigin : slope);
    }
}
