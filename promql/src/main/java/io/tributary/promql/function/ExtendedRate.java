package io.tributary.promql.function;

import io.tributary.promql.ast.Selector;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.Interpolation;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.storage.Samples;

/**
 * The change between the ends of a range as samples around them have it, see Prometheus's proposal "Extended range
 * selectors semantics". Of an {@code anchored} range, the sample before its start stands for the start, and the last
 * one in it for the end; of a {@code smoothed} one, the values at both ends are interpolated.
 */
final class ExtendedRate implements RangeFunction {

    private final boolean counter;
    private final boolean perSecond;
    private final ResetCorrection correction = new ResetCorrection();
    private int anchor;
    private int right;
    private int next;

    ExtendedRate(boolean counter, boolean perSecond) {
        this.counter = counter;
        this.perSecond = perSecond;
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        var samples = window.samples();
        int first = first(window);
        boolean smoothed = window.extension() == Selector.Extension.SMOOTHED;
        int last = smoothed ? Math.max(first, right(window)) : window.to() - 1;
        if (samples.time(last) <= window.rangeStart() || samples.time(first) > window.rangeEnd()) {
            return;
        }
        // Where an end is interpolated, it lies between its sample and the next one inwards.
        boolean left = smoothed && samples.time(first) < window.rangeStart();
        boolean right = smoothed && last > first && samples.time(last) > window.rangeEnd();
        int numbers = window.numbers(first, last + 1);
        if (numbers == last + 1 - first) {
            double change = change(samples, first, last, left, right, window);
            out.set(perSecond ? change / seconds(window) : change);
        } else if (numbers > 0) {
            window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
        } else {
            var change = histogramChange(samples, first, last, left, right, window);
            if (change != null) {
                out.set(perSecond ? change.dividedBy(seconds(window)) : change);
            }
        }
    }

    /** The last sample at or before the start of the range; the first one if all are after it. */
    private int first(Window window) {
        anchor = Math.max(anchor, window.from());
        while (anchor + 1 < window.to() && window.samples().time(anchor + 1) <= window.rangeStart()) {
            anchor++;
        }
        return anchor;
    }

    /** The first sample at or after the end of the range; the last one if all are before it. */
    private int right(Window window) {
        while (right < window.to() - 1 && window.samples().time(right) < window.rangeEnd()) {
            right++;
        }
        return right;
    }

    private static double seconds(Window window) {
        return (window.rangeEnd() - window.rangeStart()) / 1000.0;
    }

    private double change(Samples samples, int first, int last, boolean left, boolean right, Window window) {
        double from = left ? interpolated(samples, first, window.rangeStart()) : samples.value(first);
        double to = right ? interpolated(samples, last - 1, window.rangeEnd()) : samples.value(last);
        // A reset next to an interpolated start is in the value there already.
        return counter ? to - from + corrected(samples, first + (left ? 2 : 1), last) : to - from;
    }

    /** What was reached before the resets from one sample up to another, neither of which ever moves back. */
    private double corrected(Samples samples, int first, int last) {
        next = Math.max(next, first);
        for (; next <= last; next++) {
            if (samples.value(next) < samples.value(next - 1)) {
                correction.add(next, samples.value(next - 1));
            }
        }
        return correction.from(first);
    }

    /** On the line between a sample and the next; a counter that was reset between them rises from 0. */
    private double interpolated(Samples samples, int before, long time) {
        double to = samples.value(before + 1);
        double from = counter && to < samples.value(before) ? 0 : samples.value(before);
        return from + (to - from) * share(samples, before, time);
    }

    private static double share(Samples samples, int before, long time) {
        return (double) (time - samples.time(before)) / (samples.time(before + 1) - samples.time(before));
    }

    private NativeHistogram histogramChange(
            Samples samples, int first, int last, boolean left, boolean right, Window window) {
        remark(window, first, last);
        boolean custom = samples.histogram(last).usesCustomBuckets();
        for (int i = first; i < last; i++) {
            if (samples.histogram(i).usesCustomBuckets() != custom) {
                window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
                return null;
            }
        }
        var change = new HistogramSum(
                right ? interpolatedHistogram(samples, last - 1, window.rangeEnd()) : samples.histogram(last));
        change.subtract(left ? interpolatedHistogram(samples, first, window.rangeStart()) : samples.histogram(first));
        for (int i = first + (left ? 2 : 1); counter && i <= last; i++) {
            if (samples.histogram(i).isResetAfter(samples.histogram(i - 1))) {
                change.add(samples.histogram(i - 1));
            }
        }
        if (change.boundsReconciled()) {
            window.inform(Remarks.RECONCILED_IN_SUBTRACTION, 0);
        }
        return change.result().withHint(ResetHint.GAUGE).compact();
    }

    private NativeHistogram interpolatedHistogram(Samples samples, int before, long time) {
        return Interpolation.between(
                samples.histogram(before), samples.histogram(before + 1), share(samples, before, time), counter);
    }

    private void remark(Window window, int first, int last) {
        var samples = window.samples();
        boolean gauge = false;
        for (int i = first; i <= last; i++) {
            gauge |= samples.histogram(i).hint() == ResetHint.GAUGE;
        }
        boolean gauges = samples.histogram(first).hint() == ResetHint.GAUGE
                && samples.histogram(last).hint() == ResetHint.GAUGE;
        if (counter && gauge) {
            window.warn(Remarks.NOT_A_COUNTER + Remarks.name(window), 0);
        } else if (!counter && !gauges) {
            window.warn(Remarks.NOT_A_GAUGE + Remarks.name(window), 0);
        }
    }
}
