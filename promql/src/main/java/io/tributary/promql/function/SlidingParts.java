package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;

/**
 * What the samples of a range come to, where it can be put together of two parts but nothing can be taken away without
 * loss. Of a range that moves forward, what its older part comes to from each sample on is at hand, and its newer part
 * grows; once the older part has left, all that is there becomes the older part. Each sample is looked at twice, or
 * three times if it is of the first range, which is gone through in the order of time as the reference does.
 */
abstract class SlidingParts {

    /** The older part is from {@code from} up to before {@code middle}, the newer one up to before {@code next}. */
    private int from;

    private int middle;
    private int next;

    /** Empties the newer part. */
    abstract void clear();

    /** Adds a sample to the newer part. */
    abstract void add(Samples samples, int i);

    /** Makes these the older part: what they come to from each sample on. */
    abstract void keep(Samples samples, int first, int end);

    /**
     * Moves on to the range.
     *
     * @return where in the older part it begins; -1 if it is the newer part alone
     */
    final int advance(Window window) {
        var samples = window.samples();
        int first = window.from();
        if (first > middle) {
            clear();
            boolean overlaps = next > first;
            if (overlaps) {
                keep(samples, first, window.to());
            }
            from = first;
            middle = overlaps ? window.to() : first;
            next = middle;
        }
        for (; next < window.to(); next++) {
            add(samples, next);
        }
        return first < middle ? first - from : -1;
    }
}
