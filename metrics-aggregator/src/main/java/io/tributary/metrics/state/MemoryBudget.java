package io.tributary.metrics.state;

import java.util.concurrent.atomic.AtomicLong;

/** How much all partitions of the process together may hold in memory. Safe for use by many threads. */
public final class MemoryBudget {
    private final long mostBytes;
    private final AtomicLong heldBytes = new AtomicLong();

    /** A budget of so many bytes; 0 if nothing is to be held. */
    public MemoryBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Notes that so much more is held, or less if it is negative; tells whether all that is held is within the budget.
     */
    boolean add(long bytes) {
        return heldBytes.addAndGet(bytes) <= mostBytes;
    }
}
