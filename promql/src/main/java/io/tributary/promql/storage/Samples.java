package io.tributary.promql.storage;

import io.tributary.promql.histogram.NativeHistogram;
import java.util.Arrays;

/**
 * Samples of one series in order of time, in columns, to be filled, read and filled again. A sample is a number or a
 * native histogram; {@link #STALE} marks that a series has ended.
 */
public final class Samples {

    /** The number that is a staleness marker: a NaN of its own, to be told from others by its bits. */
    public static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private static final long STALE_BITS = 0x7ff0000000000002L;

    private long[] times = new long[64];
    private double[] values = new double[64];
    private long[] starts;
    private NativeHistogram[] histograms;
    private int size;

    public static boolean isStale(double value) {
        return Double.doubleToRawLongBits(value) == STALE_BITS;
    }

    public void clear() {
        size = 0;
        histograms = null;
        starts = null;
    }

    public int size() {
        return size;
    }

    /** Appends a number, with its time in milliseconds since the epoch. */
    public void add(long time, double value) {
        if (size == times.length) {
            grow();
        }
        times[size] = time;
        values[size++] = value;
        if (histograms != null) {
            histograms[size - 1] = null;
        }
        if (starts != null) {
            starts[size - 1] = 0;
        }
    }

    /** Appends numbers, from one index of the arrays up to before another. */
    public void add(long[] newTimes, double[] newValues, int from, int to) {
        while (size + to - from > times.length) {
            grow();
        }
        System.arraycopy(newTimes, from, times, size, to - from);
        System.arraycopy(newValues, from, values, size, to - from);
        if (histograms != null) {
            Arrays.fill(histograms, size, size + to - from, null);
        }
        if (starts != null) {
            Arrays.fill(starts, size, size + to - from, 0);
        }
        size += to - from;
    }

    /** Appends a native histogram. A stale one is appended as the number {@link #STALE}. */
    public void add(long time, NativeHistogram histogram) {
        add(time, histogram.sum());
        if (histograms == null) {
            histograms = new NativeHistogram[times.length];
        }
        histograms[size - 1] = histogram;
    }

    /** Puts a native histogram in the place of the one that is there. */
    public void replace(int i, NativeHistogram histogram) {
        values[i] = histogram.sum();
        histograms[i] = histogram;
    }

    /**
     * Sets the start timestamp of the last sample: since when it counts, in milliseconds since the epoch; 0: not known.
     */
    public void startedAt(long start) {
        if (starts == null) {
            starts = new long[times.length];
        }
        starts[size - 1] = start;
    }

    /** Removes all staleness markers. */
    public void removeStale() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!isStale(values[i])) {
                if (kept < i) {
                    move(i, kept);
                }
                kept++;
            }
        }
        size = kept;
    }

    public long time(int i) {
        return times[i];
    }

    /** The number; of a histogram, its sum. */
    public double value(int i) {
        return values[i];
    }

    /** The histogram; null if the sample is a number. */
    public NativeHistogram histogram(int i) {
        return histograms == null ? null : histograms[i];
    }

    public boolean hasHistograms() {
        return histograms != null;
    }

    /** Whether the start timestamp of any sample is known. */
    public boolean hasStarts() {
        return starts != null;
    }

    /** Since when the sample counts, in milliseconds since the epoch; 0: not known. */
    public long start(int i) {
        return starts == null ? 0 : starts[i];
    }

    private void move(int from, int to) {
        times[to] = times[from];
        values[to] = values[from];
        if (histograms != null) {
            histograms[to] = histograms[from];
        }
        if (starts != null) {
            starts[to] = starts[from];
        }
    }

    private void grow() {
        int capacity = 2 * times.length;
        times = Arrays.copyOf(times, capacity);
        values = Arrays.copyOf(values, capacity);
        if (histograms != null) {
            histograms = Arrays.copyOf(histograms, capacity);
        }
        if (starts != null) {
            starts = Arrays.copyOf(starts, capacity);
        }
    }
}
