package io.tributary.promql.function;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.storage.Samples;
import java.util.Arrays;

/**
 * {@code changes} and {@code resets}: how often the value of a series changed, or began anew, from sample to sample.
 * Each pair of samples is compared once, however many ranges it is in.
 */
final class Transitions implements RangeFunction {

    private final boolean resets;
    /** For each sample, how many transitions there are up to it, from the first that was looked at. */
    private int[] upTo = new int[64];

    private int counted = -1;
    private int anchor;

    Transitions(boolean resets) {
        this.resets = resets;
    }

    @Override
    public RangeFunction perSeries() {
        return new Transitions(resets);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        int first = window.from();
        int last = window.to() - 1;
        if (window.extension() == Selector.Extension.ANCHORED) {
            var samples = window.samples();
            if (samples.time(last) <= window.rangeStart()) {
                return;
            }
            anchor = Math.max(anchor, first);
            while (anchor < last && samples.time(anchor + 1) <= window.rangeStart()) {
                anchor++;
            }
            first = anchor;
        }
        count(window, first, last);
        out.set(upTo[last] - upTo[first]);
    }

    private void count(Window window, int first, int last) {
        if (last >= upTo.length) {
            upTo = Arrays.copyOf(upTo, Math.max(2 * upTo.length, last + 1));
        }
        if (counted < first) {
            upTo[first] = 0;
            counted = first;
        }
        boolean starts = resets && window.features().has(Feature.USE_START_TIMESTAMPS);
        for (; counted < last; counted++) {
            boolean there =
                    resets ? isReset(window.samples(), counted + 1, starts) : isChange(window.samples(), counted + 1);
            upTo[counted + 1] = upTo[counted] + (there ? 1 : 0);
        }
    }

    private static boolean isReset(Samples samples, int at, boolean starts) {
        var before = samples.histogram(at - 1);
        var histogram = samples.histogram(at);
        if (starts && StartTimestamps.isReset(samples, at)) {
            return true;
        }
        if (before == null && histogram == null) {
            return samples.value(at) < samples.value(at - 1);
        }
        return before == null || histogram == null || histogram.isResetAfter(before);
    }

    private static boolean isChange(Samples samples, int at) {
        var before = samples.histogram(at - 1);
        var histogram = samples.histogram(at);
        if (before == null && histogram == null) {
            double from = samples.value(at - 1);
            double to = samples.value(at);
            return from != to && !(Double.isNaN(from) && Double.isNaN(to));
        }
        return before == null || histogram == null || !histogram.equals(before);
    }
}
