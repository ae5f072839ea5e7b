package io.tributary.promql.value;

import java.io.Serial;

/** A query that cannot be answered, with Prometheus's words for the reason. */
public class QueryException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public QueryException(String message) {
        super(message);
    }

    public QueryException(String message, Throwable cause) {
        super(message, cause);
    }
}
