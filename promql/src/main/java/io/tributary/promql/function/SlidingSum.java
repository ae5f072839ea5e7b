package io.tributary.promql.function;

import io.tributary.promql.histogram.Compensated;
import io.tributary.promql.storage.Samples;
import java.util.Arrays;

/** {@code sum_over_time} and {@code avg_over_time} of numbers. */
final class SlidingSum extends SlidingParts implements RangeFunction {

    private final boolean mean;
    private final RangeFunction ofHistograms;
    /** Of the older part: the sum of each sample and those after it. */
    private double[] sums = {};

    private double[] losses = {};
    private Compensated newer = new Compensated();

    SlidingSum(boolean mean, RangeFunction ofHistograms) {
        this.mean = mean;
        this.ofHistograms = ofHistograms;
    }

    @Override
    public RangeFunction perSeries() {
        return new SlidingSum(mean, ofHistograms);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        if (window.samples().hasHistograms()) {
            int numbers = window.numbers();
            if (numbers == 0) {
                ofHistograms.evaluate(window, out);
                return;
            }
            if (numbers < window.size()) {
                window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
                return;
            }
        }
        int older = advance(window);
        double sum = newer.raw();
        double lost = newer.lost();
        if (older >= 0) {
            double total = sum + sums[older];
            lost = Compensated.remainder(sum, sums[older], total, lost + losses[older]);
            sum = total;
        }
        if (!mean) {
            out.set(sum + lost);
        } else if (Double.isInfinite(sum)) {
            // It may be that only the sum is beyond the numbers, and not the mean.
            out.set(OverTime.mean(OverTime.numbers(window)));
        } else {
            out.set(sum / window.size() + lost / window.size());
        }
    }

    @Override
    void clear() {
        newer = new Compensated();
    }

    @Override
    void add(Samples samples, int i) {
        newer.add(samples.value(i));
    }

    @Override
    void keep(Samples samples, int first, int end) {
        int size = end - first;
        if (sums.length < size) {
            sums = new double[Math.max(16, 2 * size)];
            losses = Arrays.copyOf(losses, sums.length);
        }
        var total = new Compensated();
        for (int i = size - 1; i >= 0; i--) {
            total.add(samples.value(first + i));
            sums[i] = total.raw();
            losses[i] = total.lost();
        }
    }
}
