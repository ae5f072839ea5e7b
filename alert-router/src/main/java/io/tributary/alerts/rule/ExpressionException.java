package io.tributary.alerts.rule;

/** A text that is not what it should be; the message says where and why. */
final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExpressionException(String message) {
        super(message);
    }
}
