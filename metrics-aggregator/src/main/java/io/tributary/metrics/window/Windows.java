package io.tributary.metrics.window;

import java.time.Duration;
import java.util.List;

/**
 * The windows that are computed at the same time.
 *
 * <p>All are put together from slices: the longest spans that fit every window without a remainder. Points are kept one
 * by one while their slice is open; a slice closes when stream time is past its end by the grace. A point of a closed
 * slice is late, also for a longer window that is still open, so that windows of all lengths count the same points.
 */
public final class Windows {
    private final long[] lengths;
    private final long slice;
    private final long grace;

    /** Windows of these lengths, which each stay open this long after their end. */
    public Windows(List<Duration> lengths, Duration grace) {
        this.lengths = lengths.stream()
                .mapToLong(Duration::toNanos)
                .sorted()
                .distinct()
                .toArray();
        this.grace = grace.toNanos();
        long common = 0;
        for (long length : this.lengths) {
            common = greatestCommonDivisor(length, common);
        }
        slice = common;
    }

    /** The lengths in nanoseconds, the shortest first. */
    public long[] lengths() {
        return lengths.clone();
    }

    /** The slice that the instant lies in. */
    public Window slice(long time) {
        return Window.around(time, slice);
    }

    /** The slice's length in nanoseconds. */
    public long sliceLength() {
        return slice;
    }

    /**
     * How far windows are closed at this stream time: every slice and window that ends at or before the result, and no
     * other.
     */
    public long closedAt(long streamTime) {
        return slice(Math.max(0, streamTime - grace)).start();
    }

    /** The stream time from which on windows are closed up to here: never earlier than {@link #closedAt} tells. */
    public long streamTimeOf(long closed) {
        return closed + grace;
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
