package io.tributary.promql.function;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.storage.Samples;
import java.util.BitSet;

/**
 * The change of a native histogram from the first to the last sample of a range. Each pair of samples is compared once,
 * however many ranges it is in.
 */
final class HistogramRate {

    private final boolean counter;
    /** Samples before which counting began anew. */
    private final BitSet resets = new BitSet();

    private int next;
    private int newestGauge = -1;
    private int newestChange = -1;

    HistogramRate(boolean counter) {
        this.counter = counter;
    }

    /**
     * The change in a window that has only histograms; null if some have exponential buckets and some custom ones.
     *
     * @param fromZero whether the first sample counts as well, from nothing
     */
    NativeHistogram change(Window window, boolean fromZero) {
        var samples = window.samples();
        int from = window.from();
        int last = window.to() - 1;
        scan(window);
        remark(window);
        // What comes before a reset of the second sample is not looked at, and need not be like the others.
        boolean skipsFirst = counter && last > from && resets.get(from + 1);
        int first = skipsFirst ? from + 1 : from;
        if (mixes(samples, first, last)) {
            window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
            return null;
        }
        var change = new HistogramSum(samples.histogram(last));
        if (newestChange > first) {
            coarsen(change, samples, first, last);
        }
        boolean reconciled = false;
        if (!skipsFirst && !fromZero) {
            change.subtract(samples.histogram(first));
            reconciled = change.boundsReconciled();
        }
        if (skipsFirst && fromZero) {
            change.add(samples.histogram(from));
        }
        if (reconciled) {
            window.inform(Remarks.RECONCILED_IN_SUBTRACTION, 0);
        }
        if (counter) {
            for (int at = resets.nextSetBit(first + 1); at >= 0 && at <= last; at = resets.nextSetBit(at + 1)) {
                change.add(samples.histogram(at - 1));
            }
            if (change.boundsReconciled() && !reconciled) {
                window.inform("mismatched custom buckets were reconciled during addition", 0);
            }
        }
        return change.result().withHint(ResetHint.GAUGE).compact();
    }

    private void scan(Window window) {
        var samples = window.samples();
        boolean starts = window.features().has(Feature.USE_START_TIMESTAMPS);
        next = Math.max(next, window.from());
        for (; next < window.to(); next++) {
            var histogram = samples.histogram(next);
            if (histogram.hint() == ResetHint.GAUGE) {
                newestGauge = next;
            }
            if (next > window.from()) {
                var before = samples.histogram(next - 1);
                if (before.schema() != histogram.schema()) {
                    newestChange = next;
                }
                if (counter && ((starts && StartTimestamps.isReset(samples, next)) || histogram.isResetAfter(before))) {
                    resets.set(next);
                }
            }
        }
    }

    private void remark(Window window) {
        var samples = window.samples();
        boolean gauges = samples.histogram(window.from()).hint() == ResetHint.GAUGE
                && samples.histogram(window.to() - 1).hint() == ResetHint.GAUGE;
        if (counter && newestGauge >= window.from()) {
            window.warn(Remarks.NOT_A_COUNTER + Remarks.name(window), 0);
        } else if (!counter && !gauges) {
            window.warn(Remarks.NOT_A_GAUGE + Remarks.name(window), 0);
        }
    }

    private boolean mixes(Samples samples, int first, int last) {
        boolean custom = samples.histogram(last).usesCustomBuckets();
        if (samples.histogram(first).usesCustomBuckets() != custom) {
            return true;
        }
        // A gauge's samples between the ends do not matter.
        for (int i = first + 1; counter && newestChange > first && i < last; i++) {
            if (samples.histogram(i).usesCustomBuckets() != custom) {
                return true;
            }
        }
        return false;
    }

    private void coarsen(HistogramSum change, Samples samples, int first, int last) {
        int coarsest = samples.histogram(last).schema();
        for (int i = first; i < last; i++) {
            if (counter || i == first) {
                coarsest = Math.min(coarsest, samples.histogram(i).schema());
            }
        }
        if (coarsest != NativeHistogram.CUSTOM_SCHEMA) {
            change.add(NativeHistogram.exponential(coarsest, 0, 0, 0, 0, Buckets.NONE, Buckets.NONE));
        }
    }
}
