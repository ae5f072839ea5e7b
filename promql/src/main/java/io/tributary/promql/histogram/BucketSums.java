package io.tributary.promql.histogram;

import java.util.Arrays;

/** Running, compensated sums of the buckets of one side of zero. */
final class BucketSums {

    private int[] indexes;
    private double[] sums;
    private double[] lost;

    BucketSums(Buckets first) {
        this.indexes = first.indexes();
        this.sums = first.counts().clone();
        this.lost = new double[sums.length];
    }

    /** Adds the counts, each times the sign, which is 1 or -1. */
    void add(Buckets other, double sign) {
        if (!covers(other)) {
            widen(other.indexes());
        }
        int at = 0;
        for (int i = 0; i < other.size(); i++) {
            while (indexes[at] != other.index(i)) {
                at++;
            }
            increase(at, sign * other.count(i));
        }
    }

    /** Moves those below the index into the zero bucket. */
    void cutBelow(int first, Compensated zeroCount) {
        int cut = 0;
        while (cut < indexes.length && indexes[cut] < first) {
            zeroCount.add(sums[cut]);
            zeroCount.add(lost[cut]);
            cut++;
        }
        indexes = Arrays.copyOfRange(indexes, cut, indexes.length);
        sums = Arrays.copyOfRange(sums, cut, sums.length);
        lost = Arrays.copyOfRange(lost, cut, lost.length);
    }

    void coarsen(int steps) {
        become(raw().coarser(steps), new Buckets(indexes, lost).coarser(steps));
    }

    void rebound(double[] bounds, double[] fewer) {
        become(raw().rebounded(bounds, fewer), new Buckets(indexes, lost).rebounded(bounds, fewer));
    }

    void scale(double factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= factor;
            lost[i] *= factor;
        }
    }

    /** As counted so far, without what rounding lost. */
    Buckets raw() {
        return new Buckets(indexes, sums);
    }

    Buckets result() {
        var counts = new double[sums.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = sums[i] + lost[i];
        }
        return new Buckets(indexes, counts);
    }

    private void become(Buckets counts, Buckets remainders) {
        indexes = counts.indexes();
        sums = counts.counts();
        lost = remainders.counts();
    }

    private void increase(int at, double value) {
        double next = sums[at] + value;
        lost[at] = Compensated.remainder(sums[at], value, next, lost[at]);
        sums[at] = next;
    }

    private boolean covers(Buckets other) {
        int at = 0;
        for (int i = 0; i < other.size(); i++, at++) {
            while (at < indexes.length && indexes[at] < other.index(i)) {
                at++;
            }
            if (at == indexes.length || indexes[at] != other.index(i)) {
                return false;
            }
        }
        return true;
    }

    /** Makes room for buckets of these indexes too. */
    private void widen(int[] others) {
        var all = new int[indexes.length + others.length];
        var wideSums = new double[all.length];
        var wideLost = new double[all.length];
        int size = 0;
        for (int i = 0, j = 0; i < indexes.length || j < others.length; size++) {
            boolean own = j == others.length || (i < indexes.length && indexes[i] <= others[j]);
            all[size] = own ? indexes[i] : others[j];
            if (j < others.length && others[j] == all[size]) {
                j++;
            }
            if (own) {
                wideSums[size] = sums[i];
                wideLost[size] = lost[i];
                i++;
            }
        }
        indexes = Arrays.copyOf(all, size);
        sums = Arrays.copyOf(wideSums, size);
        lost = Arrays.copyOf(wideLost, size);
    }
}
