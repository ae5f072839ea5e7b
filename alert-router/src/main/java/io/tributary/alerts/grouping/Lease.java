package io.tributary.alerts.grouping;

import io.tributary.schemas.avro.Alert;

/**
 * Tells whether an alert ended. One whose end is later than its last word from the sender holds a lease, which the
 * sender renews. Time in which this process could not hear the sender does not count: after a start every lease runs
 * its full length again, so that our own absence resolves nothing.
 *
 * @param since when this process began to listen, in nanoseconds since the epoch UTC
 */
public record Lease(long since) {

    /** Whether the alert holds a lease, be it over or not, and so was not said to have ended. */
    public static boolean isHeldBy(Alert alert) {
        return length(alert) > 0;
    }

    private static long length(Alert alert) {
        return alert.getEndsAtUnixNano() - alert.getUpdatedAtUnixNano();
    }

    /** When the alert ended or will end, in nanoseconds since the epoch UTC. */
    public long end(Alert alert) {
        long length = length(alert);
        return length <= 0 ? alert.getEndsAtUnixNano() : Math.max(alert.getEndsAtUnixNano(), since + length);
    }

    /** Whether the alert ended by this time, in nanoseconds since the epoch UTC. */
    public boolean isOver(Alert alert, long now) {
        return end(alert) <= now;
    }
}
