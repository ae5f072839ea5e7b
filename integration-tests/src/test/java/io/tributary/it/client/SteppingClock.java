package io.tributary.it.client;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A clock that goes on only when it is told to. */
public final class SteppingClock implements Clock {
    private volatile long nanos;

    public SteppingClock(Instant start) {
        nanos = TimeUnit.SECONDS.toNanos(start.getEpochSecond()) + start.getNano();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread moves it
    public void step(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long now() {
        return nanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
