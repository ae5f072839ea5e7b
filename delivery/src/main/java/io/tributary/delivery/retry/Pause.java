package io.tributary.delivery.retry;

import java.time.Duration;

/** Waits; in tests, notes that it was asked to. */
@FunctionalInterface
public interface Pause {
    /** Lets the thread sleep. */
    Pause SLEEP = Thread::sleep;

    /** Waits that long, or until the thread is interrupted. */
    void pause(Duration duration) throws InterruptedException;
}
