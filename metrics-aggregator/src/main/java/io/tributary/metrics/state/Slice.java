package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.schemas.identity.SeriesId;
import java.util.function.Consumer;

/** The samples of one open slice. */
sealed interface Slice permits HeldSlice, StoredSlice {
    /** Adds a sample of this time, encoded by {@link Codec}, as {@link PointStore#add} does. */
    PointStore.Added add(SeriesId id, long time, byte[] sample);

    /** Whether the series has samples here. */
    boolean has(SeriesId id);

    /** Shows the samples of the series, in order of time. */
    void forEach(SeriesId id, Consumer<Sample> visitor);

    /** Shows all samples, series by series, in order of time. */
    void forEach(PointStore.Visitor visitor);

    /**
     * Shows the samples of no more than so many series, and removes them, as {@link PointStore#removeEarliest} does.
     *
     * @return whether none is left
     */
    boolean remove(int most, PointStore.Visitor visitor);
}
