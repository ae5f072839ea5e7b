package io.tributary.gateway.otlp;

import io.tributary.gateway.decode.BodyTooLargeException;
import io.tributary.gateway.decode.Room;
import io.tributary.gateway.publish.ByteBudget;
import io.tributary.gateway.publish.OverloadedException;
import java.time.Duration;

/** A request's share of what all decoded requests may take in memory, given back when it is closed. */
final class DecodedRoom implements Room, AutoCloseable {
    /** Taken of the budget at once. */
    private static final int BLOCK = 64 << 10;

    private final ByteBudget budget;
    private final Duration patience;
    private int taken;
    private long free;

    /** Has nothing yet, and waits for so long for each block of the budget. */
    DecodedRoom(ByteBudget budget, Duration patience) {
        this.budget = budget;
        this.patience = patience;
    }

    /** {@inheritDoc} Throws {@link OverloadedException} if other requests take too much now. */
    @Override
    public void take(long bytes) {
        free -= bytes;
        if (free < 0) {
            grow();
        }
    }

    private void grow() {
        int left = budget.capacity() - taken;
        if (-free > left) {
            throw BodyTooLargeException.decoded(budget.capacity());
        }
        int more = (int) Math.min(left, Math.max(BLOCK, -free));
        try {
            if (!budget.tryTake(more, patience.toNanos())) {
                throw new OverloadedException("too many bytes are being decoded; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OverloadedException("interrupted");
        }
        taken += more;
        free += more;
    }

    @Override
    public void close() {
        budget.giveBack(taken);
        taken = 0;
    }
}
