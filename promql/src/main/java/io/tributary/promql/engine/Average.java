package io.tributary.promql.engine;

import io.tributary.promql.histogram.HistogramMean;
import io.tributary.promql.value.Column;

/**
 * {@code avg} of numbers, or of native histograms; there is none of both. Numbers are summed up and divided at the end;
 * where the sum leaves the range of numbers, a running mean is kept from there on.
 */
final class Average implements Accumulator {

    private final Kahan numbers;
    private final int[] counts;
    private final AggregationRemarks remarks;
    private boolean[] running;
    private HistogramSums histograms;

    Average(int steps, AggregationRemarks remarks) {
        this.numbers = new Kahan(steps);
        this.counts = new int[steps];
        this.remarks = remarks;
    }

    @Override
    public void add(Column column) {
        for (int step = 0; step < counts.length; step++) {
            if (column.histogram(step) != null) {
                histograms =
                        histograms == null ? new HistogramSums(counts.length, remarks, HistogramMean::new) : histograms;
                histograms.add(step, column.histogram(step), column.labels());
            } else if (column.has(step)) {
                add(step, column.value(step));
            }
        }
    }

    private void add(int step, double value) {
        double count = ++counts[step];
        if (count == 1) {
            numbers.set(step, value);
        } else if (!isRunning(step) && !numbers.overflows(step, value)) {
            numbers.add(step, value);
        } else {
            if (!isRunning(step)) {
                running = running == null ? new boolean[counts.length] : running;
                running[step] = true;
                numbers.divide(step, count - 1);
            }
            numbers.multiply(step, (count - 1) / count);
            numbers.add(step, value / count);
        }
    }

    private boolean isRunning(int step) {
        return running != null && running[step];
    }

    @Override
    public void result(Column out) {
        for (int step = 0; step < counts.length; step++) {
            boolean hasHistogram = histograms != null && histograms.has(step);
            if (hasHistogram && counts[step] > 0) {
                remarks.mixed();
            } else if (hasHistogram) {
                histograms.put(step, out);
            } else if (isRunning(step)) {
                out.set(step, numbers.sum(step));
            } else if (counts[step] > 0) {
                out.set(step, numbers.quotient(step, counts[step]));
            }
        }
    }
}
