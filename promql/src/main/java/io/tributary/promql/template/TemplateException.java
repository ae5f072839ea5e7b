package io.tributary.promql.template;

import java.io.Serial;

/** A template cannot be parsed or executed. The message is Go's, with the template's name, line and column. */
public final class TemplateException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TemplateException(String message) {
        super(message);
    }

    TemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
