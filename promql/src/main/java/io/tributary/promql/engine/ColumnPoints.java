package io.tributary.promql.engine;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Steps;
import io.tributary.promql.value.Value;
import java.util.AbstractList;
import java.util.RandomAccess;

/** The points of a column as a list that makes each when it is asked for, and takes little room till then. */
final class ColumnPoints extends AbstractList<Value.Point> implements RandomAccess {

    private final long[] times;
    private final double[] values;
    private final NativeHistogram[] histograms;

    ColumnPoints(Column column, Steps steps) {
        int size = column.size();
        times = new long[size];
        values = new double[size];
        histograms = column.hasHistograms() ? new NativeHistogram[size] : null;
        int at = 0;
        for (int step = 0; at < size; step++) {
            if (column.has(step)) {
                times[at] = steps.time(step);
                values[at] = column.value(step);
                if (histograms != null) {
                    histograms[at] = column.histogram(step);
                }
                at++;
            }
        }
    }

    @Override
    public Value.Point get(int index) {
        return new Value.Point(times[index], values[index], histograms == null ? null : histograms[index]);
    }

    @Override
    public int size() {
        return times.length;
    }
}
