package io.tributary.metrics.stream;

import io.tributary.metrics.rollup.Fold;
import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.state.PointStore;
import io.tributary.metrics.state.RollupState;
import io.tributary.metrics.state.Series;
import io.tributary.metrics.window.Window;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;

/**
 * Publishes windows that are still open, as they are now, and changes nothing: when they close, they are published
 * again and replace this.
 */
final class Preview {
    private final RollupState state;
    private final Windows windows;
    private final long memoryNanos;
    private final Publisher publisher;

    Preview(RollupState state, Windows windows, long memoryNanos, Publisher publisher) {
        this.state = state;
        this.windows = windows;
        this.memoryNanos = memoryNanos;
        this.publisher = publisher;
    }

    /**
     * Publishes the windows that end after one instant, and at or before another.
     *
     * @param closed up to where windows are closed
     */
    void publish(long closed, long after, long upTo) {
        long[] lengths = windows.lengths();
        long earliest = after + windows.sliceLength() - lengths[lengths.length - 1];
        state.points().forEach(Math.max(closed, earliest), upTo, new EachSeries() {
            @Override
            void next(long slice, SeriesId id) {
                for (long length : lengths) {
                    Window window = Window.around(slice, length);
                    boolean due = window.end() > after && window.end() <= upTo;
                    // A window is published once, at the first of its slices that has points of the series.
                    if (due && !state.points().has(id, Math.max(closed, window.start()), slice)) {
                        publish(closed, id, window);
                    }
                }
            }
        });
        state.pending().forEachEnding(after, upTo, (id, window, rollup) -> {
            if (!state.points().has(id, Math.max(closed, window.start()), window.end())) {
                publisher.publish(id, state.series().get(id).identity(), window, rollup);
            }
        });
    }

    private void publish(long closed, SeriesId id, Window window) {
        Series series = state.series().get(id);
        Fold fold = new Fold(series.settled(), memoryNanos);
        state.points().forEach(id, closed, window.start(), fold::add);
        fold.take();
        state.points().forEach(id, Math.max(closed, window.start()), window.end(), fold::add);
        Rollup open = fold.take().orElseThrow();
        Rollup all = state.pending()
                .get(id, window)
                .map(before -> before.merge(open))
                .orElse(open);
        publisher.publish(id, series.identity(), window, all);
    }

    /** Sees each slice and series of a range once. */
    private abstract static class EachSeries implements PointStore.Visitor {
        private long lastSlice;
        private SeriesId lastId;

        @Override
        public void visit(long slice, SeriesId id, Sample sample) {
            if (slice != lastSlice || !id.equals(lastId)) {
                lastSlice = slice;
                lastId = id;
                next(slice, id);
            }
        }

        abstract void next(long slice, SeriesId id);
    }
}
