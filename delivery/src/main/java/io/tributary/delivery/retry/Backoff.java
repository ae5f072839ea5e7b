package io.tributary.delivery.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long after each failure in a row, up to a longest time, and by
 * chance up to half of it less, so that many clients do not come back together.
 */
public final class Backoff {
    private static final int MAX_DOUBLINGS = 30;

    private final long firstMillis;
    private final long longestMillis;
    private final RandomGenerator random;

    /** Waits about {@code first} after the first failure and at most {@code longest} after many. */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.firstMillis = Math.max(1, first.toMillis());
        this.longestMillis = Math.max(firstMillis, longest.toMillis());
        this.random = random;
    }

    /** How long to wait after this many failures in a row; at least 1. */
    public Duration after(int failures) {
        int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
        long full = Math.min(longestMillis, firstMillis << doublings);
        return Duration.ofMillis(full - (full < 2 ? 0 : random.nextLong(full / 2)));
    }
}
