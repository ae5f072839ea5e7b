package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;

/** What the start timestamps of samples tell of resets. */
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
}
