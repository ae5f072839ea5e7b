package io.tributary.traces.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        List<String> problems = new ArrayList<>();
        if (length.compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add("window: " + length + " (expected: at least 1 s)");
        }
        if (grace.isNegative()) {
            problems.add("grace: " + grace + " (expected: 0 or more)");
        }
        if (retention.compareTo(grace.plus(length)) < 0) {
            problems.add(
                    "retention: " + retention + " (expected: at least grace and window: " + grace.plus(length) + ")");
        }
        if (emitEvery.compareTo(Duration.ofMillis(10)) < 0) {
            problems.add("emit-every: " + emitEvery + " (expected: at least 10 ms)");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
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
