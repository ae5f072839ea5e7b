package io.tributary.gateway.publish;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Bounds bytes in memory that several requests take. Safe for use by many threads. */
public final class ByteBudget {
    private final Semaphore free;
    private final int capacity;

    /** A budget of so many bytes; at least 1. */
    public ByteBudget(int capacity) {
        this.capacity = capacity;
        this.free = new Semaphore(capacity);
    }

    /** Takes the bytes if they are free. What is larger than the whole budget takes all of it. */
    public boolean tryTake(int bytes) {
        return free.tryAcquire(Math.min(bytes, capacity));
    }

    /** Takes the bytes, and waits for them at most so long. */
    public boolean tryTake(int bytes, long timeoutNanos) throws InterruptedException {
        return free.tryAcquire(Math.min(bytes, capacity), timeoutNanos, TimeUnit.NANOSECONDS);
    }

    /** Gives bytes back that were taken. */
    public void giveBack(int bytes) {
        free.release(Math.min(bytes, capacity));
    }

    /** How many bytes there are in all. */
    public int capacity() {
        return capacity;
    }

    /** How many bytes are taken. */
    public int taken() {
        return capacity - free.availablePermits();
    }
}
