package io.tributary.connect.sink;

/**
 * What a decoded record means to a store.
 *
 * @param <T> what the store writes
 */
public sealed interface Mapped<T> {
    /**
     * Something to write.
     *
     * @param payload what the store writes
     * @param bytes about how many bytes it takes in a request; at least 1
     */
    record Write<T>(T payload, int bytes) implements Mapped<T> {}

    /** Nothing to write: the record's fate is known already. */
    record Done<T>(Fate fate) implements Mapped<T> {}
}
