package io.tributary.promql.engine;

/** Ends a running query from another thread. */
public final class Cancellation {

    private volatile boolean requested;

    public void cancel() {
        requested = true;
    }

    public boolean isRequested() {
        return requested;
    }
}
