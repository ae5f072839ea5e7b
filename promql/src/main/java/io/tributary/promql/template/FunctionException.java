package io.tributary.promql.template;

import java.io.Serial;

/** A function of a template refuses its arguments; the template's execution ends with this reason. */
public final class FunctionException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public FunctionException(String message) {
        super(message);
    }

    public FunctionException(String message, Throwable cause) {
        super(message, cause);
    }
}
