package io.tributary.promql.engine;

import io.tributary.promql.value.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code quantile}: must keep all values of its group. */
final class Quantile implements Accumulator {

    private final Query query;
    private final double[] quantiles;
    private final AggregationRemarks remarks;
    private final List<Column> columns = new ArrayList<>();

    Quantile(Query query, double[] quantiles, AggregationRemarks remarks) {
        this.query = query;
        this.quantiles = quantiles;
        this.remarks = remarks;
    }

    @Override
    public void add(Column column) {
        query.hold(column.size());
        columns.add(column.copy());
    }

    @Override
    public void result(Column out) {
        var values = new double[columns.size()];
        for (int step = 0; step < quantiles.length; step++) {
            int size = 0;
            for (Column column : columns) {
                if (column.histogram(step) != null) {
                    remarks.ignored();
                } else if (column.has(step)) {
                    values[size++] = column.value(step);
                }
            }
            if (size > 0) {
                out.set(step, of(quantiles[step], values, size));
            }
        }
        query.release(columns);
    }

    /** Between the two nearest ranks in proportion; NaN counts as the lowest of all values. Sorts the values. */
    private static double of(double quantile, double[] values, int size) {
        if (Double.isNaN(quantile)) {
            return Double.NaN;
        }
        if (quantile < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        if (quantile > 1) {
            return Double.POSITIVE_INFINITY;
        }
        Arrays.sort(values, 0, size);
        double rank = quantile * (size - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(lower + 1, size - 1);
        double weight = rank - lower;
        return at(lower, values, size) * (1 - weight) + at(upper, values, size) * weight;
    }

    /** Java sorts NaN to the end, which here is the beginning. */
    private static double at(int rank, double[] sorted, int size) {
        int numbers = size;
        while (numbers > 0 && Double.isNaN(sorted[numbers - 1])) {
            numbers--;
        }
        int missing = size - numbers;
        return rank < missing ? Double.NaN : sorted[rank - missing];
    }
}
