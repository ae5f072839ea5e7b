package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;

/** {@code min} and {@code max}; NaN only where there is nothing else. */
final class Extreme implements Accumulator {

    private final Column best;
    private final boolean greatest;
    private final AggregationRemarks remarks;

    Extreme(int steps, boolean greatest, AggregationRemarks remarks) {
        this.best = new Column(Labels.EMPTY, steps);
        this.greatest = greatest;
        this.remarks = remarks;
    }

    @Override
    public void add(Column column) {
        for (int step = 0; step < column.steps(); step++) {
            if (column.histogram(step) != null) {
                remarks.ignored();
            } else if (column.has(step) && (!best.has(step) || beats(column.value(step), best.value(step)))) {
                best.set(step, column.value(step));
            }
        }
    }

    private boolean beats(double value, double champion) {
        return Double.isNaN(champion) || (greatest ? value > champion : value < champion);
    }

    @Override
    public void result(Column out) {
        out.fill(best);
    }
}
