package io.tributary.gateway.publish;

/** More bytes wait for Kafka than may: the client shall send the request again later. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for people. */
    public OverloadedException(String message) {
        super(message, null, false, false);
    }
}
