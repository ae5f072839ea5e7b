package io.tributary.promql.function;

import java.util.Arrays;

/**
 * {@code max_over_time} and {@code min_over_time}: NaN only if all are. Of a range that moves forward, only the numbers
 * are kept that may yet be the extreme; each enters and leaves once.
 */
final class SlidingExtreme implements RangeFunction {

    private final boolean greatest;
    /** Samples, each beating all that come after it. */
    private int[] candidates = {};

    private int first;
    private int end;
    private int next;

    SlidingExtreme(boolean greatest) {
        this.greatest = greatest;
    }

    @Override
    public RangeFunction perSeries() {
        return new SlidingExtreme(greatest);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        var samples = window.samples();
        if (samples.hasHistograms()) {
            int numbers = window.numbers();
            if (numbers == 0) {
                return;
            }
            OverTimeFunctions.remarkHistograms(window, numbers, 0);
        }
        next = Math.max(next, window.from());
        for (; next < window.to(); next++) {
            if (samples.histogram(next) == null && !Double.isNaN(samples.value(next))) {
                enter(window, next);
            }
        }
        while (first < end && candidates[first] < window.from()) {
            first++;
        }
        out.set(first < end ? samples.value(candidates[first]) : Double.NaN);
    }

    private void enter(Window window, int at) {
        double value = window.samples().value(at);
        while (end > first && !beats(window.samples().value(candidates[end - 1]), value)) {
            end--;
        }
        if (end == candidates.length) {
            candidates = Arrays.copyOf(Arrays.copyOfRange(candidates, first, end), Math.max(16, 2 * (end - first)));
            end -= first;
            first = 0;
        }
        candidates[end++] = at;
    }

    private boolean beats(double value, double other) {
        return greatest ? value > other : value < other;
    }
}
