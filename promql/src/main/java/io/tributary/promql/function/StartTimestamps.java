package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;

/** What the start timestamps of samples tell. */
final class StartTimestamps {

    private StartTimestamps() {}

    /**
     * Whether the sample counts from after the one before it; or from just then if that one has a start of its own, as
     * samples of deltas have.
     */
    static boolean isReset(Samples samples, int at) {
        long start = samples.start(at);
        long previous = samples.time(at - 1);
        if (start == 0 || start >= samples.time(at) || start < previous) {
            return false;
        }
        long previousStart = samples.start(at - 1);
        return start > previous || (previousStart != 0 && previousStart < previous);
    }

    /** Whether the first sample of the range counts from a time within the range. */
    static boolean isWithin(Window window) {
        long start = window.samples().start(window.from());
        return start != 0
                && start > window.rangeStart()
                && start < window.samples().time(window.from());
    }

    /**
     * Warns of samples that count from before the one before them, but not from when that one does.
     *
     * @param from the first sample that has not been looked at
     * @return the same for the next window
     */
    static int remarkOverlaps(Window window, int from) {
        var samples = window.samples();
        int next = Math.max(from, window.from() + 1);
        for (; samples.hasStarts() && next < window.to(); next++) {
            long start = samples.start(next);
            if (start != 0 && start < samples.time(next - 1) && start != samples.start(next - 1)) {
                window.warn(
                        "sample has start time that overlaps with previous sample timestamp for metric "
                                + Remarks.name(window),
                        0);
            }
        }
        return next;
    }
}
