package io.tributary.gateway.validate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Which times are taken. OTLP's times are unsigned nanoseconds since the epoch; the data contract's are signed, so what
 * reads as negative lies after the year 2262.
 *
 * @param now when the request arrived, in nanoseconds since the epoch UTC
 * @param latest the latest time that is taken, in nanoseconds since the epoch UTC
 */
public record TimeRules(long now, long latest) {

    /** Rules for a request that arrived at this instant, if clocks may be ahead by so much. */
    public static TimeRules at(Instant arrival, Duration tolerance) {
        long now = TimeUnit.SECONDS.toNanos(arrival.getEpochSecond()) + arrival.getNano();
        return new TimeRules(now, now + tolerance.toNanos());
    }

    /** The time, which must be told. */
    public long required(long nanos) {
        if (nanos == 0) {
            throw new RefusedException(Refusal.ZERO_TIMESTAMP);
        }
        return optional(nanos);
    }

    /** The time, which may be 0. */
    public long optional(long nanos) {
        if (nanos < 0 || nanos > latest) {
            throw new RefusedException(Refusal.TIMESTAMP_OUT_OF_RANGE);
        }
        return nanos;
    }
}
