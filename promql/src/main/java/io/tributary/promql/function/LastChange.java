package io.tributary.promql.function;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;

/**
 * {@code irate} and {@code idelta}: the change between the last two samples of the range.
 *
 * @param counter whether the value only goes up or begins anew, and the change is per second
 */
record LastChange(boolean counter) implements RangeFunction {

    @Override
    public void evaluate(Window window, Outcome out) {
        if (window.size() < 2) {
            return;
        }
        var samples = window.samples();
        int last = window.to() - 1;
        var before = samples.histogram(last - 1);
        var histogram = samples.histogram(last);
        double seconds = counter ? (samples.time(last) - samples.time(last - 1)) / 1000.0 : 1;
        boolean restarted = counter
                && window.features().has(Feature.USE_START_TIMESTAMPS)
                && StartTimestamps.isReset(samples, last);
        if (before == null && histogram == null) {
            boolean reset = restarted || (counter && samples.value(last) < samples.value(last - 1));
            double change = reset ? samples.value(last) : samples.value(last) - samples.value(last - 1);
            out.set(change / seconds);
        } else if (before != null && histogram != null) {
            ofHistograms(window, before, histogram, restarted, seconds, out);
        } else {
            window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
        }
    }

    private void ofHistograms(
            Window window,
            NativeHistogram before,
            NativeHistogram histogram,
            boolean restarted,
            double seconds,
            Outcome out) {
        boolean gauges = before.hint() == ResetHint.GAUGE && histogram.hint() == ResetHint.GAUGE;
        boolean gauge = before.hint() == ResetHint.GAUGE || histogram.hint() == ResetHint.GAUGE;
        if (counter && gauge) {
            window.warn(Remarks.NOT_A_COUNTER + Remarks.name(window), 0);
        } else if (!counter && !gauges) {
            window.warn(Remarks.NOT_A_GAUGE + Remarks.name(window), 0);
        }
        var change = new HistogramSum(histogram);
        if (!restarted && !(counter && histogram.isResetAfter(before))) {
            if (!change.accepts(before)) {
                window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
                return;
            }
            change.subtract(before);
            if (change.boundsReconciled()) {
                window.inform(Remarks.RECONCILED_IN_SUBTRACTION, 0);
            }
        }
        var result = change.result().withHint(ResetHint.GAUGE).compact();
        out.set(counter ? result.dividedBy(seconds) : result);
    }
}
