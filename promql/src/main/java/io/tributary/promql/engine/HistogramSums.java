package io.tributary.promql.engine;

import io.tributary.promql.histogram.HistogramTotal;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import java.util.BitSet;
import java.util.function.Function;

/** What native histograms come to at each step; nothing where some have exponential buckets and some custom ones. */
final class HistogramSums {

    private final HistogramTotal[] totals;
    private final BitSet incompatible = new BitSet();
    private final Function<NativeHistogram, HistogramTotal> first;
    private final AggregationRemarks remarks;

    HistogramSums(int steps, AggregationRemarks remarks, Function<NativeHistogram, HistogramTotal> first) {
        this.totals = new HistogramTotal[steps];
        this.remarks = remarks;
        this.first = first;
    }

    boolean has(int step) {
        return totals[step] != null;
    }

    void add(int step, NativeHistogram histogram, Labels labels) {
        if (totals[step] == null) {
            totals[step] = first.apply(histogram);
        } else if (totals[step].accepts(histogram)) {
            totals[step].add(histogram);
        } else {
            incompatible.set(step);
            remarks.incompatible(labels.get(Labels.NAME));
        }
    }

    void put(int step, Column out) {
        HistogramTotal total = totals[step];
        if (total.resetsContradict()) {
            remarks.contradictingResets();
        }
        if (total.boundsReconciled()) {
            remarks.reconciled();
        }
        if (!incompatible.get(step)) {
            out.set(step, total.result().compact());
        }
    }
}
