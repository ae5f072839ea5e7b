package io.tributary.traces.assembly;

import java.time.Duration;

/**
 * A partition's time: that of its records, which a replay repeats, and the wall clock's pace only while they stand
 * still. Times are milliseconds.
 */
public final class ArrivalClock {
    private final long idleMillis;
    private long streamTime = Long.MIN_VALUE;
    private long now = Long.MIN_VALUE;
    private long advancedAt;

    /** A clock that follows the wall clock once stream time stood still for this long. */
    public ArrivalClock(Duration partitionIdle) {
        this.idleMillis = partitionIdle.toMillis();
    }

    /** The time at a record, or at a start, of this stream time, when the wall clock shows this. */
    public long atRecord(long streamMillis, long wallMillis) {
        if (streamMillis > streamTime) {
            streamTime = streamMillis;
            now = streamMillis;
            advancedAt = wallMillis;
        }
        return now;
    }

    /** The time while no record comes. */
    public long atTick(long wallMillis) {
        long standing = wallMillis - advancedAt;
        if (streamTime >= 0 && standing >= idleMillis) {
            now = Math.max(now, streamTime + standing);
        }
        return now;
    }
}
