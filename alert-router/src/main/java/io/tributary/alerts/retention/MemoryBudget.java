package io.tributary.alerts.retention;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the samples of a process may take, shared by all its tasks. */
public final class MemoryBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** At most so many bytes. */
    public MemoryBudget(long most) {
        this.most = most;
    }

    /** Whether something may still be begun. */
    public boolean hasRoom() {
        return taken.get() < most;
    }

    /** Counts bytes that are taken or, if negative, given back. */
    public void take(long bytes) {
        taken.addAndGet(bytes);
    }

    /** Bytes that are taken now. */
    public long taken() {
        return taken.get();
    }
}
