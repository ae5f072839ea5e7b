package io.tributary.connect.sink;

import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import java.util.List;
import java.util.Optional;

/**
 * A store that takes batches. Writing the same batch twice must leave the store as after the first time.
 *
 * @param <T> what it writes
 */
public interface Store<T> extends AutoCloseable {
    /**
     * What this decoded record means to the store.
     *
     * @throws RejectedException if the store can never take it
     */
    Mapped<T> map(Decoded decoded);

    /**
     * Writes these, in this order.
     *
     * @return the fate of each; empty if the store has them and is still at it, so that the same batch comes again
     * @throws RetryableException if the store is away or overloaded; the same batch comes again
     */
    Optional<List<Fate>> write(List<T> batch);

    /**
     * About how many bytes the store is still at, also of batches that nobody awaits any more; 0 for a store that is at
     * nothing between two calls.
     */
    default long bytesInFlight() {
        return 0;
    }

    @Override
    default void close() {}
}
