package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;

/** Whether two native histograms are the same but for rounding and for buckets that count nothing. */
final class HistogramComparison {

    private HistogramComparison() {}

    /** Compares field by field, but for the counter reset hint. */
    static boolean same(NativeHistogram one, NativeHistogram other) {
        NativeHistogram a = one.compact();
        NativeHistogram b = other.compact();
        return a.schema() == b.schema()
                && a.customBounds().equals(b.customBounds())
                && a.zeroThreshold() == b.zeroThreshold()
                && Numbers.almostEqual(a.count(), b.count())
                && Numbers.almostEqual(a.sum(), b.sum())
                && Numbers.almostEqual(a.zeroCount(), b.zeroCount())
                && same(a.positive(), b.positive())
                && same(a.negative(), b.negative());
    }

    private static boolean same(Buckets a, Buckets b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (a.index(i) != b.index(i) || !Numbers.almostEqual(a.count(i), b.count(i))) {
                return false;
            }
        }
        return true;
    }
}
