package io.tributary.gateway.decode;

/** The body, or what it is once decompressed, is over the limit. */
public final class BodyTooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    /** A body over this limit in bytes. */
    public BodyTooLargeException(long limit) {
        super("body: more than " + limit + " bytes (expected: at most that many, also after decompression)");
    }
}
