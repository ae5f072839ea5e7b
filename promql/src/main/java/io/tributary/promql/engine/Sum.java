package io.tributary.promql.engine;

import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.value.Column;

/** {@code sum} of numbers, or of native histograms; there is no sum of both. */
final class Sum implements Accumulator {

    private final Kahan numbers;
    private final boolean[] hasNumber;
    private final AggregationRemarks remarks;
    private HistogramSums histograms;

    Sum(int steps, AggregationRemarks remarks) {
        this.numbers = new Kahan(steps);
        this.hasNumber = new boolean[steps];
        this.remarks = remarks;
    }

    @Override
    public void add(Column column) {
        if (column.hasHistograms()) {
            addMixed(column);
            return;
        }
        for (int step = 0; step < hasNumber.length; step++) {
            if (column.has(step)) {
                addNumber(step, column.value(step));
            }
        }
    }

    private void addNumber(int step, double value) {
        if (hasNumber[step]) {
            numbers.add(step, value);
        } else {
            hasNumber[step] = true;
            numbers.set(step, value);
        }
    }

    private void addMixed(Column column) {
        for (int step = 0; step < hasNumber.length; step++) {
            if (column.histogram(step) != null) {
                histograms = histograms == null
                        ? new HistogramSums(hasNumber.length, remarks, HistogramSum::new)
                        : histograms;
                histograms.add(step, column.histogram(step), column.labels());
            } else if (column.has(step)) {
                addNumber(step, column.value(step));
            }
        }
    }

    @Override
    public void result(Column out) {
        for (int step = 0; step < hasNumber.length; step++) {
            boolean hasHistogram = histograms != null && histograms.has(step);
            if (hasHistogram && hasNumber[step]) {
                remarks.mixed();
            } else if (hasHistogram) {
                histograms.put(step, out);
            } else if (hasNumber[step]) {
                out.set(step, numbers.sum(step));
            }
        }
    }
}
