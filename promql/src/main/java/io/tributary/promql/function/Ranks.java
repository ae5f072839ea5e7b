package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;
import java.util.Arrays;

/**
 * A set of numbers of a series to which they are added and from which they are taken, and which knows the smallest, the
 * second smallest and so on: a tree of partial counts (Fenwick) over all numbers that the series has. NaNs are left to
 * the caller.
 */
final class Ranks {

    /** All numbers that the series has, each once, in order. */
    private final double[] values;
    /** In the place {@code i}: how many of the set have the places after {@code i - lowestBit(i)} up to {@code i}. */
    private final int[] counts;

    private final int highestBit;

    Ranks(Samples samples) {
        var all = new double[samples.size()];
        int size = 0;
        for (int i = 0; i < all.length; i++) {
            if (samples.histogram(i) == null && !Double.isNaN(samples.value(i))) {
                all[size++] = samples.value(i);
            }
        }
        Arrays.sort(all, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (kept == 0 || Double.compare(all[kept - 1], all[i]) != 0) {
                all[kept++] = all[i];
            }
        }
        values = Arrays.copyOf(all, kept);
        counts = new int[kept + 1];
        highestBit = Integer.highestOneBit(kept);
    }

    /** Adds a number, or takes it away. */
    void add(double value, int times) {
        for (int place = Arrays.binarySearch(values, value) + 1; place < counts.length; place += place & -place) {
            counts[place] += times;
        }
    }

    /** The number of a rank; 0: the smallest. */
    double get(int rank) {
        int place = 0;
        int left = rank;
        for (int bit = highestBit; bit > 0; bit >>= 1) {
            if (place + bit < counts.length && counts[place + bit] <= left) {
                place += bit;
                left -= counts[place];
            }
        }
        return values[place];
    }
}
