package io.tributary.promql.histogram;

import java.util.Arrays;

/** Finds out whether a counter histogram began anew. */
final class Resets {

    private Resets() {}

    static boolean between(NativeHistogram previous, NativeHistogram current) {
        if (current.hint() == ResetHint.RESET || current.hint() == ResetHint.NOT_RESET) {
            return current.hint() == ResetHint.RESET;
        }
        if (current.count() < previous.count() || current.schema() > previous.schema()) {
            return true;
        }
        if (current.usesCustomBuckets()) {
            return !previous.usesCustomBuckets() || customDecreased(previous, current);
        }
        // Resolution and the zero bucket's narrowness only grow by a new beginning.
        if (previous.usesCustomBuckets() || current.zeroThreshold() < previous.zeroThreshold()) {
            return true;
        }
        var comparable = current.zeroThreshold() == previous.zeroThreshold()
                ? previous
                : ZeroBucket.widen(previous, current.zeroThreshold());
        if (comparable.zeroThreshold() != current.zeroThreshold() || current.zeroCount() < comparable.zeroCount()) {
            return true;
        }
        comparable = comparable.coarsened(current.schema());
        return decreased(comparable.positive(), current.positive())
                || decreased(comparable.negative(), current.negative());
    }

    private static boolean customDecreased(NativeHistogram previous, NativeHistogram current) {
        if (Arrays.equals(previous.bounds(), current.bounds())) {
            return decreased(previous.positive(), current.positive());
        }
        var shared = Bounds.shared(previous.bounds(), current.bounds());
        return decreased(
                previous.positive().rebounded(previous.bounds(), shared),
                current.positive().rebounded(current.bounds(), shared));
    }

    private static boolean decreased(Buckets previous, Buckets current) {
        int at = 0;
        for (int i = 0; i < previous.size(); i++) {
            while (at < current.size() && current.index(at) < previous.index(i)) {
                at++;
            }
            boolean there = at < current.size() && current.index(at) == previous.index(i);
            if (there ? current.count(at) < previous.count(i) : previous.count(i) != 0) {
                return true;
            }
        }
        return false;
    }
}
