package io.tributary.gateway.decode;

/**
 * The memory that a request takes once it is decoded, which may be many times its bytes: two of them are a message.
 * What is taken is an estimate. For one request, on one thread.
 */
@FunctionalInterface
public interface Room {
    /** A message or a text beside its bytes: objects, and a place in a list. */
    int OBJECT_BYTES = 80;
    /** A number in a list. */
    int NUMBER_BYTES = 8;

    /**
     * Takes so many bytes more.
     *
     * @throws BodyTooLargeException if there will never be room for so many
     */
    void take(long bytes);
}
