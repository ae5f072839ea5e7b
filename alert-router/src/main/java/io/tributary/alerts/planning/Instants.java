package io.tributary.alerts.planning;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a group is evaluated: at multiples of its interval since the epoch, moved by a part of the interval that follows
 * from file and name, so that not all groups are due at once. They are the instants at which Prometheus evaluates the
 * same group of the same file (rules, "Group.EvalTimestamp").
 *
 * @param interval between two instants, in milliseconds
 * @param offset of the first one after the epoch, in milliseconds; less than the interval
 */
public record Instants(long interval, long offset) {
    private static final byte SEPARATOR = (byte) 0xff;

    /** Those of the group of this name in this file. */
    public static Instants of(String file, String name, Duration interval) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String text : new String[] {"file", file, "name", name}) {
            labels.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            labels.write(SEPARATOR);
        }
        long nanos = Long.remainderUnsigned(XxHash64.hash(labels.toByteArray()), interval.toNanos());
        return new Instants(interval.toMillis(), TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** The first instant after the time, in milliseconds since the epoch. */
    public long after(long time) {
        return (Math.floorDiv(time - offset, interval) + 1) * interval + offset;
    }
}
