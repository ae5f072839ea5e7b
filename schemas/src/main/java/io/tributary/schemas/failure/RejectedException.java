package io.tributary.schemas.failure;

/** This record can never be processed: dead-letter it and go on. The message holds the cause, never the payload. */
public final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** A rejection for a named reason. */
    public RejectedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** A rejection for a named reason, with what led to it. */
    public RejectedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
