package io.tributary.promql.histogram;

import java.util.Arrays;

/**
 * The buckets of a classic histogram at one time: each counts the observations up to its upper bound, those of all
 * lower buckets included. To be filled, asked and filled again.
 */
public final class ClassicBuckets {

    /** Up to which part of their sum two counts are taken for the same: rounding of sums and rates does as much. */
    private static final double TOLERANCE = 1e-12;

    private double[] bounds = new double[16];
    private double[] counts = new double[16];
    private int size;
    private boolean repaired;

    /** Whether what was asked last needed counts that fell from bucket to bucket to be raised. */
    public boolean wasRepaired() {
        return repaired;
    }

    public void clear() {
        size = 0;
        repaired = false;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Adds a bucket; its upper bound is at least that of the one before. Of the same bound, counts are added up. */
    public void add(double bound, double count) {
        if (size > 0 && bounds[size - 1] == bound) {
            counts[size - 1] += count;
            return;
        }
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        bounds[size] = bound;
        counts[size++] = count;
    }

    /**
     * The value below which that fraction of the observations lies, spread evenly within a bucket; the lowest bucket
     * begins at 0 if it ends above. In the bucket without end, its lower bound. NaN without observations, without a
     * bucket for all, or with only that one; infinite if q is outside 0 to 1.
     */
    public double quantile(double q) {
        if (Double.isNaN(q)) {
            return Double.NaN;
        }
        if (q < 0 || q > 1) {
            return q < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (size < 2 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        repair();
        double all = counts[size - 1];
        if (all == 0) {
            return Double.NaN;
        }
        double rank = q * all;
        int found = 0;
        while (found < size - 1 && !(counts[found] >= rank)) {
            found++;
        }
        if (found == size - 1) {
            return bounds[size - 2];
        }
        if (found == 0) {
            return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
        }
        double within = counts[found] - counts[found - 1];
        double lower = bounds[found - 1];
        return lower + (bounds[found] - lower) * ((rank - counts[found - 1]) / within);
    }

    /** What fraction of the observations lies between the values. NaN without observations or a bucket for all. */
    public double fraction(double lower, double upper) {
        if (size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY) {
            return Double.NaN;
        }
        double all = counts[size - 1];
        if (all == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
            return Double.NaN;
        }
        return lower >= upper ? 0 : (rank(upper, all) - rank(lower, all)) / all;
    }

    /** How many observations lie below the value. */
    private double rank(double value, double all) {
        double below = 0;
        double lower = bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (lower >= value) {
                return Math.min(below, all);
            }
            if (bounds[i] > value) {
                double rank = lower == Double.NEGATIVE_INFINITY
                        ? counts[i]
                        : below + (counts[i] - below) * (value - lower) / (bounds[i] - lower);
                return Math.min(rank, all);
            }
            below = counts[i];
            lower = bounds[i];
        }
        return all;
    }

    private void repair() {
        double before = counts[0];
        for (int i = 1; i < size; i++) {
            double count = counts[i];
            if (count == before) {
                continue;
            }
            if (almostEqual(before, count)) {
                counts[i] = before;
            } else if (count < before) {
                counts[i] = before;
                repaired = true;
            } else {
                before = count;
            }
        }
    }

    private static boolean almostEqual(double a, double b) {
        double sizes = Math.abs(a) + Math.abs(b);
        double difference = Math.abs(a - b);
        if (a == 0 || b == 0 || sizes < Double.MIN_NORMAL) {
            return difference < TOLERANCE * Double.MIN_NORMAL;
        }
        return difference / Math.min(sizes, Double.MAX_VALUE) < TOLERANCE;
    }
}
