package io.tributary.delivery.bulk;

import java.time.Duration;

/**
 * How documents are sent.
 *
 * @param batchBytes a batch is sent when it has this many bytes; one item may be larger
 * @param batchItems a batch is sent when it has this many items
 * @param batchAge a batch is sent when its first item waited that long
 * @param requestsInFlight how many requests may be under way at once
 * @param firstPause about how long to wait after a first failure; doubles with each further one
 * @param longestPause how long to wait at most
 * @param holdPause how long to wait between attempts while people must mend something
 */
public record BulkSettings(
        int batchBytes,
        int batchItems,
        Duration batchAge,
        int requestsInFlight,
        Duration firstPause,
        Duration longestPause,
        Duration holdPause) {

    /** Refuses sizes below 1. */
    public BulkSettings {
        if (batchBytes < 1 || batchItems < 1 || requestsInFlight < 1) {
            throw new IllegalArgumentException("batchBytes: " + batchBytes + ", batchItems: " + batchItems
                    + ", requestsInFlight: " + requestsInFlight + " (expected: at least 1 each)");
        }
    }

    /** 5 MiB, 5000 items or 200 ms; two requests; pauses of 100 ms to 30 s, and 15 s while held. */
    public static BulkSettings usual() {
        return new BulkSettings(
                5 << 20,
                5000,
                Duration.ofMillis(200),
                2,
                Duration.ofMillis(100),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15));
    }
}
