package io.tributary.local.connector;

/** A connector that the worker refuses, or that does not run. */
public final class ConnectorFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConnectorFailedException(String connector, String reason) {
        super("connector " + connector + ": " + reason);
    }
}
