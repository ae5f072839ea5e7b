package io.tributary.metrics.rollup;

import java.util.Optional;

/**
 * Many numbers, summed up: the value of a sample as well as the content of a window.
 *
 * @param <T> the type itself
 */
public sealed interface Distribution<T extends Distribution<T>> extends Measure, Content
        permits Histogram, ExponentialHistogram, Summary {
    /** The numbers of both. Associative, so that windows may be put together from smaller ones. */
    T plus(T later);

    /**
     * What came since an earlier cumulative value of the same series; empty if this value cannot have grown from it, so
     * that it must have begun again at nothing in between.
     */
    Optional<T> since(T earlier);

    /** No numbers, in the same layout. */
    T none();
}
