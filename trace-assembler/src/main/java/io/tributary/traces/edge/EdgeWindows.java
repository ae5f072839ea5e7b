package io.tributary.traces.edge;

import io.tributary.schemas.failure.Problems;
import java.time.Duration;

/**
 * The tumbling event-time windows in which calls are summed.
 *
 * @param length a window's length; windows are aligned to the epoch
 * @param grace how far the arrival of a trace's last span may be after the end or before the start of a call's window;
 *     calls beyond are counted as refused, not summed
 * @param retention how long a window's sums are kept after its end, by stream time; more than the retention of the
 *     spans topic plus the grace, so that partitions which catch up at different speeds still find their windows
 * @param emitEvery how often windows that changed are emitted
 */
public record EdgeWindows(Duration length, Duration grace, Duration retention, Duration emitEvery) {
    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public EdgeWindows {
        new Problems("")
                .expect(length.compareTo(Duration.ofSeconds(1)) >= 0, "window", length, "at least 1 s")
                .expect(!grace.isNegative(), "grace", grace, "0 or more")
                .expect(
                        retention.compareTo(grace.plus(length)) >= 0,
                        "retention",
                        retention,
                        "at least grace and window: " + grace.plus(length))
                .expect(emitEvery.compareTo(Duration.ofMillis(10)) >= 0, "emit-every", emitEvery, "at least 10 ms")
                .refuse();
    }

    /** First instant of the window that holds this one, in nanoseconds since the epoch. */
    public long startOf(long nanos) {
        return nanos - Math.floorMod(nanos, length.toNanos());
    }

    /** Whether calls of the window that starts here are summed when they become known at this arrival time. */
    public boolean admits(long startNanos, long arrivalMillis) {
        long startMillis = Math.floorDiv(startNanos, 1_000_000L);
        return startMillis + length.toMillis() + grace.toMillis() >= arrivalMillis
                && startMillis - grace.toMillis() <= arrivalMillis;
    }

    /** Windows that start at or before this instant, in nanoseconds since the epoch, are no longer kept. */
    public long expiredUntil(long streamMillis) {
        return (streamMillis - retention.toMillis() - length.toMillis()) * 1_000_000L;
    }
}
