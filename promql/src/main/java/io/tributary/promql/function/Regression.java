package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;

/** {@code deriv} and {@code predict_linear}: the line that fits the numbers of the range best, by least squares. */
final class Regression implements RangeFunction {

    private final boolean predicts;
    private final SlidingMoments moments = new SlidingMoments();
    private int next;
    private int newest = -1;
    /** The newest number that is not the same as the one before it. */
    private int changed = -1;

    /**
     * @param predicts whether the value on the line is wanted, some seconds after the time of evaluation, and not the
     *     slope
     */
    Regression(boolean predicts) {
        this.predicts = predicts;
    }

    @Override
    public RangeFunction perSeries() {
        return new Regression(predicts);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        Moments line = moments.of(window);
        followChanges(window);
        int numbers = line.count();
        if (numbers > 0) {
            OverTimeFunctions.remarkHistograms(window, numbers, 0);
        }
        if (numbers < 2) {
            return;
        }
        if (isConstant(window)) {
            double value = window.samples().value(newest);
            double level = predicts ? value : 0;
            out.set(Double.isInfinite(value) ? Double.NaN : level);
        } else if (predicts) {
            out.set(line.at(window.time() + 1000 * window.scalar(1)));
        } else {
            out.set(1000 * line.slope());
        }
    }

    private void followChanges(Window window) {
        Samples samples = window.samples();
        for (next = Math.max(next, window.from()); next < window.to(); next++) {
            if (samples.histogram(next) == null) {
                if (newest >= 0 && samples.value(next) != samples.value(newest)) {
                    changed = next;
                }
                newest = next;
            }
        }
    }

    /** Whether the change, if there was one, is that to the first number of the range. */
    private boolean isConstant(Window window) {
        int first = window.from();
        while (first < changed && window.samples().histogram(first) != null) {
            first++;
        }
        return changed <= first;
    }
}
