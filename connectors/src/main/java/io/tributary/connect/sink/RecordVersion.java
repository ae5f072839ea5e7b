package io.tributary.connect.sink;

import org.apache.kafka.connect.sink.SinkRecord;

/**
 * A number that tells which of two records of a partition is the later one, whoever reads them: a store that keeps it
 * with what it wrote can refuse what is older. It is {@code timestamp * 2^20 + offset}. As long as timestamps do not
 * fall along the partition, every record has a greater version than those before it; and since time goes on where
 * offsets begin again, so has a record of a topic that was made anew, or of another partition to which its key went.
 */
final class RecordVersion {
    private static final int TIME_SHIFT = 20;
    /** In the year 2109; a later timestamp counts as this one, so that no version is negative. */
    private static final long LAST_MILLIS = (1L << 42) - 1;

    private RecordVersion() {}

    /** The version, at least 0. A record without a timestamp counts as one of 1970. */
    static long of(SinkRecord record) {
        Long timestamp = record.timestamp();
        long millis = timestamp == null ? 0 : Math.clamp(timestamp, 0, LAST_MILLIS);
        return (millis << TIME_SHIFT) + record.originalKafkaOffset();
    }
}
