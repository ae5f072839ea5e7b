package io.tributary.connect.sink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the first to the longest delay, each between half and all of
 * that, so that many tasks do not come back at once.
 *
 * @param first the first delay
 * @param longest no delay is longer
 * @param random where the jitter comes from
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 30;

    /** The delay after this many failures in a row; at least 1. */
    public Duration delay(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS);
        long limit = Math.min(doubled < 0 ? Long.MAX_VALUE : doubled, longest.toMillis());
        return Duration.ofMillis(limit / 2 + random.nextLong(limit / 2 + 1));
    }
}
