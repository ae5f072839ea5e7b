package io.tributary.gateway.decode;

/**
 * The body is not what it claims to be: no retry can mend it. The message tells the client where, never the payload.
 */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    /** A body that cannot be read for this reason. */
    public UndecodableException(String message) {
        super(message);
    }

    /** A body that cannot be read for this reason, with what led to it. */
    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
