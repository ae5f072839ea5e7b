package io.tributary.promql.engine;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;

/** Sums of native histograms at each step. */
final class HistogramSums {

    private final NativeHistogram[] sums;
    private final int[] counts;

    HistogramSums(int steps, AggregationRemarks remarks) {
        this.sums = new NativeHistogram[steps];
        this.counts = new int[steps];
    }

    boolean has(int step) {
        return counts[step] > 0;
    }

    void add(int step, NativeHistogram histogram, Labels labels) {
        counts[step]++;
        if (sums[step] != null) {
            throw new QueryException("sum of native histograms");
        }
        sums[step] = histogram;
    }

    void putSum(int step, Column out) {
        out.set(step, sums[step].compact());
    }

    void putAverage(int step, Column out) {
        out.set(step, sums[step].dividedBy(counts[step]).compact());
    }
}
