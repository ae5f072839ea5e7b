package io.tributary.promql.rule.alert;

import java.util.Locale;

/** How far an alert is. */
public enum AlertState {
    /** Neither pending nor firing; kept for a while after it has fired, so that its end is heard of. */
    INACTIVE,
    /** Active, but not yet for as long as the rule wants. */
    PENDING,
    FIRING;

    /** The value of the label {@code alertstate}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
