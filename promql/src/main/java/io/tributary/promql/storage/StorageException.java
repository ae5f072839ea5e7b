package io.tributary.promql.storage;

import java.io.Serial;

/** A store could not be read. */
public final class StorageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
