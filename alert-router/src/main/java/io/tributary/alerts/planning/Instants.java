package io.tributary.alerts.planning;

import io.tributary.promql.label.LabelHash;
import io.tributary.promql.label.Labels;
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
    /** Those of the group of this name in this file. */
    public static Instants of(String file, String name, Duration interval) {
        long hash = LabelHash.of(Labels.of("file", file, "name", name));
        long nanos = Long.remainderUnsigned(hash, interval.toNanos());
        return new Instants(interval.toMillis(), TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** The first instant after the time, in milliseconds since the epoch. */
    public long after(long time) {
        return (Math.floorDiv(time - offset, interval) + 1) * interval + offset;
    }
}
