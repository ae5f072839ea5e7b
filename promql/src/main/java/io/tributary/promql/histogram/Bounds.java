package io.tributary.promql.histogram;

import java.util.Arrays;

/** Where buckets begin and end. */
final class Bounds {

    /** Of the finest schema; coarser ones skip some. In [0.5, 1), as the fraction of a binary floating-point number. */
    private static final double[] FRACTIONS = new double[1 << NativeHistogram.MAX_SCHEMA];

    static {
        for (int i = 0; i < FRACTIONS.length; i++) {
            FRACTIONS[i] = Math.pow(2, (double) i / FRACTIONS.length - 1);
        }
    }

    private Bounds() {}

    /**
     * The absolute upper bound of a bucket of an exponential schema: 2 to the power of index / 2^schema. The bucket
     * above which only infinity lies ends at the largest number.
     */
    static double exponential(int index, int schema) {
        double fraction = 0.5;
        int exponent;
        if (schema < 0) {
            exponent = (index << -schema) + 1;
        } else {
            fraction = FRACTIONS[(index & ((1 << schema) - 1)) << (NativeHistogram.MAX_SCHEMA - schema)];
            exponent = (index >> schema) + 1;
        }
        if (fraction == 0.5 && exponent == 1025) {
            return Double.MAX_VALUE;
        }
        return scale(fraction, exponent);
    }

    /** The upper bound of a custom bucket; above the last bound lies a bucket without end. */
    static double custom(int index, double[] bounds) {
        if (index < 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
    }

    /** The bounds that both have. */
    static double[] shared(double[] a, double[] b) {
        var shared = new double[Math.min(a.length, b.length)];
        int size = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                shared[size++] = a[i];
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(shared, size);
    }

    /** In two steps where one would leave the range of exponents that Math.scalb rounds once in. */
    private static double scale(double fraction, int exponent) {
        return Math.scalb(2 * fraction, exponent - 1);
    }
}
