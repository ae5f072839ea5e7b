package io.tributary.promql.testlanguage;

import java.io.Serial;

/** A line of the test language that cannot be read: what is wrong, with the column. */
public final class NotationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotationException(String message) {
        super(message);
    }
}
