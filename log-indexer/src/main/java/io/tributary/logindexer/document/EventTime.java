package io.tributary.logindexer.document;

import io.tributary.schemas.avro.LogRecord;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When a log record happened: its own time, else when it was observed, else when it came to Kafka. A time that is not
 * positive counts as not told, because Elasticsearch keeps nanoseconds from 1970 to 2262 only.
 */
final class EventTime {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private EventTime() {}

    static long nanos(LogRecord record, long kafkaMillis) {
        if (record.getTimeUnixNano() > 0) {
            return record.getTimeUnixNano();
        }
        return record.getObservedTimeUnixNano() > 0
                ? record.getObservedTimeUnixNano()
                : TimeUnit.MILLISECONDS.toNanos(Math.max(kafkaMillis, 0));
    }

    /** The time in ISO 8601, to the nanosecond. */
    static String iso(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND)
                .toString();
    }
}
