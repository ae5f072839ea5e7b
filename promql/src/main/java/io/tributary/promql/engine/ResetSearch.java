package io.tributary.promql.engine;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.storage.Samples;

/** Says of each native histogram that does not say so itself whether counting began anew since the one before it. */
final class ResetSearch {

    private ResetSearch() {}

    static void run(Samples samples) {
        if (!samples.hasHistograms()) {
            return;
        }
        NativeHistogram before = null;
        for (int i = 0; i < samples.size(); i++) {
            NativeHistogram histogram = samples.histogram(i);
            if (histogram != null) {
                if (before != null && histogram.hint() == ResetHint.UNKNOWN) {
                    boolean reset = histogram.isResetAfter(before);
                    samples.replace(i, histogram.withHint(reset ? ResetHint.RESET : ResetHint.NOT_RESET));
                }
                before = histogram;
            }
        }
    }
}
