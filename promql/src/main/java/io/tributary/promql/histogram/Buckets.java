package io.tributary.promql.histogram;

import java.util.Arrays;

/**
 * The buckets of one side of zero in ascending order of index, which for the negative side is away from zero.
 * Immutable. A bucket that is not there counts nothing. One that is there may count nothing too, which equality minds.
 */
public final class Buckets {

    public static final Buckets NONE = new Buckets(new int[0], new double[0]);

    private final int[] indexes;
    private final double[] counts;

    Buckets(int[] indexes, double[] counts) {
        this.indexes = indexes;
        this.counts = counts;
    }

    /** Buckets without a gap, the first of the given index. */
    public static Buckets of(int first, double... counts) {
        var indexes = new int[counts.length];
        Arrays.setAll(indexes, i -> first + i);
        return new Buckets(indexes, counts.clone());
    }

    /**
     * Buckets with gaps.
     *
     * @throws IllegalArgumentException if the indexes do not ascend or are not as many as the counts
     */
    public static Buckets of(int[] indexes, double[] counts) {
        if (indexes.length != counts.length) {
            throw new IllegalArgumentException(
                    "buckets: %d indexes, %d counts (expected: as many)".formatted(indexes.length, counts.length));
        }
        for (int i = 1; i < indexes.length; i++) {
            if (indexes[i] <= indexes[i - 1]) {
                throw new IllegalArgumentException(
                        "buckets: index %d after %d (expected: ascending)".formatted(indexes[i], indexes[i - 1]));
            }
        }
        return new Buckets(indexes.clone(), counts.clone());
    }

    public int size() {
        return indexes.length;
    }

    /** The index in the schema of the i-th bucket that is there. */
    public int index(int i) {
        return indexes[i];
    }

    /** The count of the i-th bucket that is there. */
    public double count(int i) {
        return counts[i];
    }

    Buckets times(double factor) {
        var scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] * factor;
        }
        return new Buckets(indexes, scaled);
    }

    Buckets dividedBy(double divisor) {
        var scaled = new double[counts.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = counts[i] / divisor;
        }
        return new Buckets(indexes, scaled);
    }

    /** Only from the i-th that is there on. */
    Buckets from(int i) {
        return i == 0
                ? this
                : new Buckets(Arrays.copyOfRange(indexes, i, size()), Arrays.copyOfRange(counts, i, size()));
    }

    /** In a schema that is coarser by so many steps: each step makes one bucket of two. */
    Buckets coarser(int steps) {
        return steps == 0 ? this : merged(index -> ((index - 1) >> steps) + 1);
    }

    /** Of custom bounds to others that are all among them. */
    Buckets rebounded(double[] bounds, double[] fewer) {
        return merged(index -> {
            int found = index < bounds.length ? Arrays.binarySearch(fewer, bounds[index]) : fewer.length;
            return found < 0 ? -found - 1 : found;
        });
    }

    /** Whether all that are there count something. */
    boolean isCompact() {
        for (double count : counts) {
            if (count == 0) {
                return false;
            }
        }
        return true;
    }

    /** Without those that count nothing. */
    Buckets compact() {
        if (isCompact()) {
            return this;
        }
        int size = 0;
        var keptIndexes = new int[size()];
        var kept = new double[size()];
        for (int i = 0; i < size(); i++) {
            if (counts[i] != 0) {
                keptIndexes[size] = indexes[i];
                kept[size++] = counts[i];
            }
        }
        return new Buckets(Arrays.copyOf(keptIndexes, size), Arrays.copyOf(kept, size));
    }

    int[] indexes() {
        return indexes;
    }

    double[] counts() {
        return counts;
    }

    private interface Mapping {
        int apply(int index);
    }

    private Buckets merged(Mapping mapping) {
        var targets = new int[size()];
        var sums = new double[size()];
        int size = 0;
        for (int i = 0; i < size(); i++) {
            int target = mapping.apply(indexes[i]);
            if (size == 0 || targets[size - 1] != target) {
                targets[size++] = target;
            }
            sums[size - 1] += counts[i];
        }
        return new Buckets(Arrays.copyOf(targets, size), Arrays.copyOf(sums, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets buckets
                && Arrays.equals(indexes, buckets.indexes)
                && Arrays.equals(counts, buckets.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
    }
}
