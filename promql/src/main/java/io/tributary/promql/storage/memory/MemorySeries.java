package io.tributary.promql.storage.memory;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.Series;
import java.util.Arrays;

/** The samples of one series, in columns. */
final class MemorySeries implements Series {

    private final Labels labels;
    private long[] times = new long[8];
    private double[] values = new double[8];
    private NativeHistogram[] histograms;
    private long[] starts;
    private int size;

    MemorySeries(Labels labels) {
        this.labels = labels;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    boolean overlaps(long from, long to) {
        return size > 0 && times[0] <= to && times[size - 1] >= from;
    }

    void add(long time, double value, NativeHistogram histogram, long start) {
        int at = size == 0 || time > times[size - 1] ? size : position(time);
        if (at == size || times[at] != time) {
            makeRoom(at);
        }
        times[at] = time;
        values[at] = value;
        if (histogram != null && histograms == null) {
            histograms = new NativeHistogram[times.length];
        }
        if (histograms != null) {
            histograms[at] = histogram;
        }
        if (start != 0 && starts == null) {
            starts = new long[times.length];
        }
        if (starts != null) {
            starts[at] = start;
        }
    }

    @Override
    public void read(long from, long to, Samples into) {
        if (histograms == null && starts == null) {
            int first = position(from);
            into.add(times, values, first, Math.max(first, to == Long.MAX_VALUE ? size : position(to + 1)));
            return;
        }
        for (int i = position(from); i < size && times[i] <= to; i++) {
            if (histograms != null && histograms[i] != null) {
                into.add(times[i], histograms[i]);
            } else {
                into.add(times[i], values[i]);
            }
            if (starts != null && starts[i] != 0) {
                into.startedAt(starts[i]);
            }
        }
    }

    /** The index of the first sample that is not before the time. */
    private int position(long time) {
        int found = Arrays.binarySearch(times, 0, size, time);
        return found < 0 ? -found - 1 : found;
    }

    private void makeRoom(int at) {
        if (size == times.length) {
            int capacity = size + size / 2;
            times = Arrays.copyOf(times, capacity);
            values = Arrays.copyOf(values, capacity);
            histograms = histograms == null ? null : Arrays.copyOf(histograms, capacity);
            starts = starts == null ? null : Arrays.copyOf(starts, capacity);
        }
        int after = size - at;
        System.arraycopy(times, at, times, at + 1, after);
        System.arraycopy(values, at, values, at + 1, after);
        if (histograms != null) {
            System.arraycopy(histograms, at, histograms, at + 1, after);
        }
        if (starts != null) {
            System.arraycopy(starts, at, starts, at + 1, after);
        }
        size++;
    }
}
