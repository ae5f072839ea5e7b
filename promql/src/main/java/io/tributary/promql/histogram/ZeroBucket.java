package io.tributary.promql.histogram;

/** Makes the zero bucket of an exponential histogram wider, so that it swallows the buckets next to it. */
final class ZeroBucket {

    private ZeroBucket() {}

    /**
     * With a zero bucket that reaches at least that far, and to the end of a populated bucket if it would end within
     * one.
     */
    static NativeHistogram widen(NativeHistogram h, double atLeast) {
        double threshold = threshold(atLeast, h.schema(), h.positive(), h.negative());
        int first = firstOutside(threshold, h.schema(), h.positive(), h.negative());
        int positive = below(first, h.positive());
        int negative = below(first, h.negative());
        return new NativeHistogram(
                h.hint(),
                h.schema(),
                threshold,
                h.zeroCount() + total(h.positive(), positive) + total(h.negative(), negative),
                h.count(),
                h.sum(),
                h.positive().from(positive),
                h.negative().from(negative),
                h.bounds());
    }

    /** The threshold, moved to the upper bound of a populated bucket that it lies within. */
    static double threshold(double threshold, int schema, Buckets positive, Buckets negative) {
        return Math.max(beyond(threshold, schema, positive), beyond(threshold, schema, negative));
    }

    private static double beyond(double threshold, int schema, Buckets buckets) {
        for (int i = 0; i < buckets.size(); i++) {
            double upper = Bounds.exponential(buckets.index(i), schema);
            if (upper > threshold) {
                boolean within = Bounds.exponential(buckets.index(i) - 1, schema) < threshold;
                return within && buckets.count(i) != 0 ? upper : threshold;
            }
        }
        return threshold;
    }

    /** The index of the first bucket of either side that does not begin within the threshold. */
    static int firstOutside(double threshold, int schema, Buckets positive, Buckets negative) {
        return Math.max(firstOutside(threshold, schema, positive), firstOutside(threshold, schema, negative));
    }

    private static int firstOutside(double threshold, int schema, Buckets buckets) {
        int first = Integer.MIN_VALUE;
        for (int i = 0; i < buckets.size(); i++) {
            if (Bounds.exponential(buckets.index(i) - 1, schema) >= threshold) {
                return first;
            }
            first = buckets.index(i) + 1;
        }
        return first;
    }

    private static int below(int index, Buckets buckets) {
        int i = 0;
        while (i < buckets.size() && buckets.index(i) < index) {
            i++;
        }
        return i;
    }

    private static double total(Buckets buckets, int to) {
        double total = 0;
        for (int i = 0; i < to; i++) {
            total += buckets.count(i);
        }
        return total;
    }
}
