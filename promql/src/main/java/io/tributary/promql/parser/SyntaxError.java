package io.tributary.promql.parser;

import io.tributary.promql.ast.Span;
import java.io.Serial;

/** The first mistake in the text, on its way to {@link ParseException}, which knows lines and columns. */
final class SyntaxError extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Span span;

    SyntaxError(Span span, String message) {
        super(message, null, false, false);
        this.span = span;
    }

    Span span() {
        return span;
    }
}
