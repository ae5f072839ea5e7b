package io.tributary.alerts.evaluation;

/** Where a series stands with a rule. */
public enum Phase {
    /** The newest sample meets the condition, but no evaluation has seen it yet. */
    WATCHED,
    /** The condition holds, not yet for as long as the rule wants. */
    PENDING,
    /** The alert fires. */
    FIRING
}
