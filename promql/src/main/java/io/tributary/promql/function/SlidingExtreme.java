package io.tributary.promql.function;

import java.util.Arrays;

/**
 * {@code max_over_time} and {@code min_over_time}: NaN only if all are; and with {@code ts_of_}, the time of the last
 * sample that has the extreme value. Of a range that moves forward, only the numbers are kept that may yet be the
 * extreme; each enters and leaves once.
 */
final class SlidingExtreme implements RangeFunction {

    private final boolean greatest;
    private final boolean time;
    /** Samples, each beating all that come after it. */
    private int[] candidates = {};

    private int first;
    private int end;
    private int next;
    private int newest;

    /** @param time whether its time is wanted, and not the extreme */
    SlidingExtreme(boolean greatest, boolean time) {
        this.greatest = greatest;
        this.time = time;
    }

    @Override
    public RangeFunction perSeries() {
        return new SlidingExtreme(greatest, time);
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
            if (samples.histogram(next) == null) {
                newest = next;
                if (!Double.isNaN(samples.value(next))) {
                    enter(window, next);
                }
            }
        }
        while (first < end && candidates[first] < window.from()) {
            first++;
        }
        int extreme = first < end ? candidates[first] : newest;
        out.set(time ? samples.time(extreme) / 1000.0 : samples.value(extreme));
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
