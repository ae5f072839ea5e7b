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
    /** A byte of JSON: as a character in the parser's buffer, and in the text that is made of it. */
    int JSON_BYTES = 3;
    /** From this length on, in bytes, what a text takes while it is made counts too; shorter ones are soon gone. */
    int LONG_TEXT = 64 << 10;
    /** A byte of a long text, beside itself: as a character while it is decoded, and in the text that is made of it. */
    int LONG_TEXT_BYTES = 3;
    /** A byte of a long text that is replaced, beside what is written: U+FFFD is a character, and three bytes. */
    int REPLACED_BYTES = 8;

    /**
     * Takes so many bytes more.
     *
     * @throws BodyTooLargeException if there will never be room for so many
     */
    void take(long bytes);
}
