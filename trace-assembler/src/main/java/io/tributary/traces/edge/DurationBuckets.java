package io.tributary.traces.edge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** The fixed buckets of call durations. They never change, since sums of different times are added. */
final class DurationBuckets {
    private static final long[] MILLIS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000};

    /** Upper bounds, inclusive, in nanoseconds, of all buckets but the last. */
    static final List<Long> BOUNDS_NANOS =
            LongStream.of(MILLIS).mapToObj(millis -> millis * 1_000_000L).toList();

    private DurationBuckets() {}

    /** Which bucket a duration falls into. */
    static int of(long nanos) {
        int found = Collections.binarySearch(BOUNDS_NANOS, nanos);
        return found >= 0 ? found : -found - 1;
    }

    /** A count of 0 for each bucket. */
    static List<Long> zeros() {
        return new ArrayList<>(Collections.nCopies(BOUNDS_NANOS.size() + 1, 0L));
    }
}
