package io.tributary.promql.engine;

import io.tributary.promql.value.Column;

/** {@code stdvar} and {@code stddev} of the whole population, by Welford's method. */
final class Variance implements Accumulator {

    private final double[] counts;
    private final double[] means;
    private final double[] squares;
    private final boolean root;
    private final AggregationRemarks remarks;

    Variance(int steps, boolean root, AggregationRemarks remarks) {
        this.counts = new double[steps];
        this.means = new double[steps];
        this.squares = new double[steps];
        this.root = root;
        this.remarks = remarks;
    }

    @Override
    public void add(Column column) {
        for (int step = 0; step < counts.length; step++) {
            if (column.histogram(step) != null) {
                remarks.ignored();
            } else if (column.has(step)) {
                add(step, column.value(step));
            }
        }
    }

    private void add(int step, double value) {
        counts[step]++;
        if (counts[step] == 1) {
            means[step] = value;
            squares[step] = Double.isFinite(value) ? 0 : Double.NaN;
        } else {
            double difference = value - means[step];
            means[step] += difference / counts[step];
            squares[step] += difference * (value - means[step]);
        }
    }

    @Override
    public void result(Column out) {
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0) {
                double variance = squares[step] / counts[step];
                out.set(step, root ? Math.sqrt(variance) : variance);
            }
        }
    }
}
