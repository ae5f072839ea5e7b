package io.tributary.delivery.elasticsearch;

import io.tributary.schemas.failure.RetryableException;

/** Elasticsearch refuses our credentials, or they do not allow what was asked for: people must mend that. */
public final class AccessRefusedException extends RetryableException {
    private static final long serialVersionUID = 1;

    AccessRefusedException(String message) {
        super(message);
    }
}
