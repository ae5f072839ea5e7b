package io.tributary.logindexer.document;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When a log record happened: its own time, else when it was observed, else when it came to Kafka. A time that is not
 * positive counts as not told, because Elasticsearch keeps nanoseconds from 1970 to 2262 only.
 *
 * <p>Times are written in ISO 8601, to the nanosecond. Neighbours mostly share their second, which is remembered.
 */
final class EventTime {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);

    private long second = -1;
    private String untilSecond = "";

    /** The time, of all in nanoseconds since the epoch UTC but for that of Kafka. */
    static long nanos(long time, long observed, long kafkaMillis) {
        if (time > 0) {
            return time;
        }
        return observed > 0 ? observed : TimeUnit.MILLISECONDS.toNanos(Math.max(kafkaMillis, 0));
    }

    /** Writes the time as {@link Instant#toString} does: with as many of three, six or nine digits as are needed. */
    void write(JsonBytes json, long nanos) {
        long ofSecond = nanos / NANOS_PER_SECOND;
        if (ofSecond != second) {
            second = ofSecond;
            String withZone = Instant.ofEpochSecond(ofSecond).toString();
            untilSecond = withZone.substring(0, withZone.length() - 1);
        }
        json.write('"');
        json.ascii(untilSecond);
        long fraction = nanos % NANOS_PER_SECOND;
        if (fraction != 0) {
            json.write('.');
            if (fraction % NANOS_PER_MILLI == 0) {
                json.digits(fraction / NANOS_PER_MILLI, 3);
            } else if (fraction % NANOS_PER_MICRO == 0) {
                json.digits(fraction / NANOS_PER_MICRO, 6);
            } else {
                json.digits(fraction, 9);
            }
        }
        json.write('Z');
        json.write('"');
    }
}
