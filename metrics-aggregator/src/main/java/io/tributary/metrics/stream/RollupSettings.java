package io.tributary.metrics.stream;

import io.tributary.metrics.window.Windows;
import io.tributary.schemas.failure.Problems;
import java.time.Duration;
import java.util.List;

/**
 * How points are rolled up.
 *
 * @param windows lengths of the tumbling windows, each a whole number of seconds; 1 to 8 of them
 * @param grace how long after its end, in event time, a window still takes points; at least 0
 * @param idle how long a partition must be silent, by the wall clock, until time is taken to go on without points:
 *     windows that would be closed by then are published as they are, and stay open; at least 1 second
 * @param future how far a point's time may be ahead of its record's timestamp in Kafka; at least 0
 * @param memory how long after its latest point, in event time, a series is forgotten; at least the longest window
 * @param heldBytes how many bytes of points of open windows all partitions of the process together hold in memory; 0 to
 *     1 GiB
 */
public record RollupSettings(
        List<Duration> windows, Duration grace, Duration idle, Duration future, Duration memory, long heldBytes) {
    /** What the settings are called in configuration begins with this. */
    public static final String PREFIX = "tributary.metrics.";

    private static final long MOST_HELD = 1L << 30;
    private static final int MAX_WINDOWS = 8;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(31);

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public RollupSettings {
        windows = List.copyOf(windows);
        Problems problems = new Problems(PREFIX)
                .expect(
                        !windows.isEmpty() && windows.size() <= MAX_WINDOWS,
                        "windows",
                        windows.size() + " lengths",
                        "1 to " + MAX_WINDOWS);
        for (Duration length : windows) {
            problems.expect(
                    length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0 && length.toNanosPart() == 0,
                    "windows",
                    length,
                    "whole seconds, " + SHORTEST + " to " + LONGEST);
        }
        problems.between("grace", grace, Duration.ZERO, LONGEST)
                .between("idle", idle, SHORTEST, LONGEST)
                .between("future", future, Duration.ZERO, LONGEST)
                .between(
                        "memory",
                        memory,
                        windows.stream().max(Duration::compareTo).orElse(SHORTEST),
                        LONGEST)
                .expect(heldBytes >= 0 && heldBytes <= MOST_HELD, "held", heldBytes + " bytes", "0 to " + MOST_HELD)
                .refuse();
    }

    Windows toWindows() {
        return new Windows(windows, grace);
    }
}
