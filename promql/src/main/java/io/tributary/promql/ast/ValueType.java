package io.tributary.promql.ast;

import java.util.Locale;

/** What an expression evaluates to; the words are those of Prometheus's documentation and error messages. */
public enum ValueType {
    SCALAR("scalar"),
    VECTOR("instant vector"),
    MATRIX("range vector"),
    STRING("string");

    private final String documented;

    ValueType(String documented) {
        this.documented = documented;
    }

    /** For instance {@code vector}. */
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For instance {@code instant vector}. */
    public String documented() {
        return documented;
    }
}
