package io.tributary.alerts.rule;

import java.util.Arrays;
import java.util.Optional;

/** How a sample is compared with a bound. NaN compares as IEEE 754 says: only {@link #NOT_EQUAL} holds. */
public enum Comparison {
    /** The sample equals the bound. */
    EQUAL("=="),
    /** The sample differs from the bound. */
    NOT_EQUAL("!="),
    /** The sample is at least the bound. */
    GREATER_OR_EQUAL(">="),
    /** The sample is at most the bound. */
    LESS_OR_EQUAL("<="),
    /** The sample is above the bound. */
    GREATER(">"),
    /** The sample is below the bound. */
    LESS("<");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /** How PromQL writes it. */
    public String symbol() {
        return symbol;
    }

    /** The comparison that the text has at this place; the longest wins. */
    static Optional<Comparison> at(String text, int from) {
        return Arrays.stream(values())
                .filter(each -> text.startsWith(each.symbol, from))
                .findFirst();
    }

    /** Whether the sample stands in this relation to the bound. */
    public boolean holds(double sample, double bound) {
        return switch (this) {
            case EQUAL -> sample == bound;
            case NOT_EQUAL -> sample != bound;
            case GREATER_OR_EQUAL -> sample >= bound;
            case LESS_OR_EQUAL -> sample <= bound;
            case GREATER -> sample > bound;
            case LESS -> sample < bound;
        };
    }
}
