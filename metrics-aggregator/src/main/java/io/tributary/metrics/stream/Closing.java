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
 * due and nothing else, and of that a part at a time: after a long pause all slices and series of a partition are due
 * at once, which would outlast a transaction. What is left is found in the stores, also by a task that starts.
 */
final class Closing {
    /** When so many series are done no further slice is begun: some hundredths of a second of work. */
    private static final int MOST_AT_ONCE = 200;
    /** So many series of a slice at a time, and of windows that end with it: less than a second of work. */
    private static final int MOST_OF_SLICE = 5_000;

    private final RollupState state;
    private final Windows windows;
    private final long memoryNanos;
    private final Publisher publisher;

    private long closed;
    private boolean slicesLeft = true;
    private boolean seriesLeft = true;
    private int done;

    private Series series;
    private SeriesId id;
    private long slice;
    private Fold fold;

    Closing(RollupState state, Windows windows, long memoryNanos, Publisher publisher) {
        this.state = state;
        this.windows = windows;
        this.memoryNanos = memoryNanos;
        this.publisher = publisher;
        this.closed = state.closed().get();
    }

    /** Up to where slices and windows take no more points, in nanoseconds since the epoch UTC. */
    long closed() {
        return closed;
    }

    /** From now on, all that ends at or before this instant, which is the end of a slice, is to be closed. */
    void setClosed(long instant) {
        closed = instant;
        slicesLeft = true;
        seriesLeft = true;
        state.closed().set(closed);
    }

    /**
     * Closes slices that are to be closed, the earliest first, and the windows that end with them: all of them, if they
     * have few series; a part of one, if it has many.
     *
     * @return whether none is left
     */
    boolean closeSome() {
        done = 0;
        while (slicesLeft && done < MOST_AT_ONCE) {
            if (state.points().earliestSlice() < closed) {
                state.points().removeEarliest(MOST_OF_SLICE, this::add);
                settle();
            }
            long whole = Math.min(closed, state.points().earliestSlice());
            boolean pendingLeft = state.pending().removeEnding(whole, MOST_OF_SLICE, this::publish);
            slicesLeft = pendingLeft || whole < closed;
        }
        return !slicesLeft;
    }

    private void publish(SeriesId of, Window window, Rollup rollup) {
        publisher.publish(of, state.series().get(of).identity(), window, rollup);
        done++;
    }

    /** Forgets series that were silent for the memory; no slice that is to be closed may be left. */
    void forgetSome() {
        if (seriesLeft) {
            seriesLeft = state.expiries().removeDue(closed, MOST_AT_ONCE, this::forgetOrKeep);
        }
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
        done++;
    }

    private void forgetOrKeep(SeriesId due) {
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
