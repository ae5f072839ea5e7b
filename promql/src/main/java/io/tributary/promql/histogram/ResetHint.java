package io.tributary.promql.histogram;

/** What is known of whether a histogram counts on from the one before it. */
public enum ResetHint {
    /** To be found out by comparing the two. */
    UNKNOWN(""),
    /** Counting began anew. */
    RESET("reset"),
    /** It counts on. */
    NOT_RESET("not_reset"),
    /** It is no counter at all: it may go up and down. */
    GAUGE("gauge");

    private final String symbol;

    ResetHint(String symbol) {
        this.symbol = symbol;
    }

    /** As the test language writes it; empty for {@link #UNKNOWN}, which it leaves out. */
    public String symbol() {
        return symbol;
    }

    /** Of a sum or difference: a gauge if one is, what both say if they agree, otherwise unknown. */
    ResetHint and(ResetHint other) {
        if (this == other) {
            return this;
        }
        return this == GAUGE || other == GAUGE ? GAUGE : UNKNOWN;
    }
}
