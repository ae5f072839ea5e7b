package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Sample;
import io.tributary.schemas.identity.SeriesId;
import java.util.function.Consumer;

/**
 * A slice whose samples are in a store alone.
 *
 * @param start when it begins, in nanoseconds since the epoch UTC
 * @param points the samples of this and other slices
 */
record StoredSlice(long start, StoredPoints points) implements Slice {
    @Override
    public PointStore.Added add(SeriesId id, long time, byte[] sample) {
        return points.add(start, id, time, sample);
    }

    @Override
    public boolean has(SeriesId id) {
        return points.has(start, id);
    }

    @Override
    public void forEach(SeriesId id, Consumer<Sample> visitor) {
        points.forEach(start, id, visitor);
    }

    @Override
    public void forEach(PointStore.Visitor visitor) {
        points.forEach(start, visitor);
    }

    @Override
    public boolean remove(int most, PointStore.Visitor visitor) {
        return points.remove(start, most, visitor);
    }
}
