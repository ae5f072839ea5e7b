package io.tributary.promql.testlanguage;

import java.io.Serial;

/** A script that cannot be read, or data in it that cannot be loaded: which line, and what is wrong. */
public final class ScriptException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    ScriptException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** The number of the line, from 1. */
    public int line() {
        return line;
    }
}
