package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.NumberText;

/**
 * {@code quantile_over_time}: interpolated between the two nearest ranks; NaNs count as the smallest. Numbers enter and
 * leave a set that knows their ranks, each once.
 */
final class SlidingQuantile implements RangeFunction {

    private Ranks ranks;
    private int from;
    private int next;
    private int numbers;
    private int nans;

    @Override
    public RangeFunction perSeries() {
        return new SlidingQuantile();
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        double q = window.scalar(0);
        advance(window);
        if (numbers == 0) {
            return;
        }
        if (!(q >= 0 && q <= 1)) {
            window.warn("quantile value should be between 0 and 1, got " + NumberText.general(q), 0);
        }
        OverTimeFunctions.remarkHistograms(window, numbers, 1);
        out.set(quantile(q));
    }

    private void advance(Window window) {
        var samples = window.samples();
        ranks = ranks == null ? new Ranks(samples) : ranks;
        for (; from < window.from(); from++) {
            if (from < next) {
                count(samples, from, -1);
            }
        }
        for (next = Math.max(next, from); next < window.to(); next++) {
            count(samples, next, 1);
        }
    }

    private void count(Samples samples, int i, int times) {
        if (samples.histogram(i) != null) {
            return;
        }
        numbers += times;
        if (Double.isNaN(samples.value(i))) {
            nans += times;
        } else {
            ranks.add(samples.value(i), times);
        }
    }

    private double quantile(double q) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0 || q > 1) {
            return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double rank = q * (numbers - 1);
        int lower = (int) Math.floor(rank);
        double weight = rank - lower;
        return ranked(lower) * (1 - weight) + ranked(Math.min(numbers - 1, lower + 1)) * weight;
    }

    private double ranked(int rank) {
        return rank < nans ? Double.NaN : ranks.get(rank - nans);
    }
}
