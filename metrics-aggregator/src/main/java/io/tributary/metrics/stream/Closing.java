package io.tributary.metrics.stream;

import io.tributary.metrics.rollup.Fold;
import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Settled;
import io.tributary.metrics.state.RollupState;
import io.tributary.metrics.state.Series;
import io.tributary.metrics.window.Window;
import io.tributary.metrics.window.Windows;
import io.tributary.schemas.identity.SeriesId;

/**
 * Closes slices and windows: adds up their samples, publishes, and forgets what is no longer needed. It touches what is
 * due and nothing else.
 */
final class Closing {
    private final RollupState state;
    private final Windows windows;
    private final long memoryNanos;
    private final Publisher publisher;

    private Series series;
    private SeriesId id;
    private long slice;
    private Fold fold;

    Closing(RollupState state, Windows windows, long memoryNanos, Publisher publisher) {
        this.state = state;
        this.windows = windows;
        this.memoryNanos = memoryNanos;
        this.publisher = publisher;
    }

    /** Closes all that ends at or before this instant, which is the end of a slice. */
    void closeUpTo(long closed) {
        state.points().removeBefore(closed, this::add);
        settle();
        state.pending()
                .removeEnding(
                        closed,
                        (of, window, rollup) ->
                                publisher.publish(of, state.series().get(of).identity(), window, rollup));
        state.expiries().removeDue(closed, due -> forgetOrKeep(due, closed));
        state.closed().set(closed);
    }

    private void add(long sampleSlice, SeriesId sampleId, Sample sample) {
        if (sampleSlice != slice || !sampleId.equals(id)) {
            settle();
            slice = sampleSlice;
            id = sampleId;
            series = state.series().get(sampleId);
            fold = new Fold(series.settled(), memoryNanos);
        }
        fold.add(sample);
    }

    /** Takes what was added of one series in one slice into its windows. */
    private void settle() {
        if (fold == null) {
            return;
        }
        Rollup rollup = fold.take().orElseThrow();
        state.series().put(id, series.with(fold.settled()));
        for (long length : windows.lengths()) {
            if (length == windows.sliceLength()) {
                publisher.publish(id, series.identity(), new Window(slice, length), rollup);
            } else {
                state.pending().merge(id, Window.around(slice, length), rollup);
            }
        }
        fold = null;
        id = null;
    }

    private void forgetOrKeep(SeriesId due, long closed) {
        Settled settled = state.series().get(due).settled();
        long forgettable = settled.time() + memoryNanos;
        if (state.points().has(due, closed, Long.MAX_VALUE)) {
            state.expiries().schedule(closed + memoryNanos, due);
        } else if (forgettable >= closed) {
            state.expiries().schedule(forgettable + windows.sliceLength(), due);
        } else {
            state.series().remove(due);
        }
    }
}
