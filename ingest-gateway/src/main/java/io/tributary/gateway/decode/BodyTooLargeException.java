package io.tributary.gateway.decode;

/** The body, or what it is once decompressed or decoded, is over the limit. */
public final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private BodyTooLargeException(String message) {
        super(message, null, false, false);
    }

    /** A body of more than so many bytes. */
    static BodyTooLargeException encoded(long limit) {
        return new BodyTooLargeException(
                "body: more than " + limit + " bytes (expected: at most that many, also after decompression)");
    }

    /** A body that is more than so many bytes in memory. */
    public static BodyTooLargeException decoded(long limit) {
        return new BodyTooLargeException("body: more than " + limit
                + " bytes in memory, once it is decoded (expected: fewer records in a request)");
    }
}
