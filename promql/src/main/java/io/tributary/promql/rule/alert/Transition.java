package io.tributary.promql.rule.alert;

/**
 * An alert's change of state in one evaluation. With no {@code for}, one evaluation leads from inactive to firing.
 *
 * @param alert after the change
 * @param from its state before
 * @param to its state after: that of {@code alert}
 */
public record Transition(Alert alert, AlertState from, AlertState to) {

    /** Whether people must hear that it has begun. */
    public boolean hasFired() {
        return to == AlertState.FIRING;
    }

    /** Whether people must hear that it has ended. */
    public boolean isResolved() {
        return from == AlertState.FIRING;
    }
}
