package io.tributary.promql.function;

import io.tributary.promql.histogram.Compensated;
import java.util.Arrays;

/**
 * {@code sum_over_time} and {@code avg_over_time} of numbers. Of a range that moves forward, sums of its older part
 * from each sample on are at hand, and the sum of its newer part grows; once the older part has left, all that is there
 * becomes the older part. Each sample is added up twice, and never taken away, which could not be done without loss.
 */
final class SlidingSum implements RangeFunction {

    private final boolean mean;
    private final RangeFunction ofHistograms;
    /** Of the samples from {@code from} up to before {@code middle}: the sum of each and those after it. */
    private double[] sums = {};

    private double[] losses = {};
    private int from;
    private int middle;
    private int next;
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
        advance(window);
        double sum = newer.raw();
        double lost = newer.lost();
        if (window.from() < middle) {
            int at = window.from() - from;
            double total = sum + sums[at];
            lost = Compensated.remainder(sum, sums[at], total, lost + losses[at]);
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

    private void advance(Window window) {
        if (window.from() >= middle) {
            restart(window);
        }
        for (; next < window.to(); next++) {
            newer.add(window.samples().value(next));
        }
    }

    private void restart(Window window) {
        from = window.from();
        middle = window.to();
        next = middle;
        newer = new Compensated();
        int size = window.size();
        if (sums.length < size) {
            sums = new double[Math.max(16, 2 * size)];
            losses = Arrays.copyOf(losses, sums.length);
        }
        var total = new Compensated();
        for (int i = size - 1; i >= 0; i--) {
            total.add(window.samples().value(from + i));
            sums[i] = total.raw();
            losses[i] = total.lost();
        }
    }
}
