package io.tributary.schemas.failure;

/** The other side is away or overloaded: hold the record, back off, and try again without end. */
public class RetryableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure that time may mend. */
    public RetryableException(String message) {
        super(message);
    }

    /** A failure that time may mend, with what led to it. */
    public RetryableException(String message, Throwable cause) {
        super(message, cause);
    }
}
