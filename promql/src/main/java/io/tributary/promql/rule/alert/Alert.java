package io.tributary.promql.rule.alert;

import io.tributary.promql.label.Labels;

/**
 * One alert of an alerting rule. Times are in milliseconds since the epoch, {@link #NEVER} where it has not happened.
 *
 * @param labels with {@code alertname} and those of the rule, without the metric's name; what the alert is known by
 * @param annotations as of the last evaluation that had the alert's element
 * @param value of the alert's element when it was last there; of a native histogram 0
 * @param activeAt when it became pending
 * @param firedAt when it began to fire
 * @param resolvedAt when it ceased to fire
 * @param keepFiringSince since when it fires on although its element has gone
 */
public record Alert(
        Labels labels,
        Labels annotations,
        AlertState state,
        double value,
        long activeAt,
        long firedAt,
        long resolvedAt,
        long keepFiringSince) {

    /** The time of what has not happened. */
    public static final long NEVER = Long.MIN_VALUE;

    /** An alert that has just become active. */
    public static Alert pending(Labels labels, Labels annotations, double value, long time) {
        return new Alert(labels, annotations, AlertState.PENDING, value, time, NEVER, NEVER, NEVER);
    }

    Alert stillThere(Alert seen) {
        return new Alert(labels, seen.annotations, state, seen.value, activeAt, firedAt, resolvedAt, NEVER);
    }

    Alert keptSince(long since) {
        return new Alert(labels, annotations, state, value, activeAt, firedAt, resolvedAt, since);
    }

    Alert firing(long time) {
        return new Alert(labels, annotations, AlertState.FIRING, value, activeAt, time, resolvedAt, keepFiringSince);
    }

    Alert inactive(long time) {
        return new Alert(labels, annotations, AlertState.INACTIVE, value, activeAt, firedAt, time, keepFiringSince);
    }

    /** Whether it is pending or fires. */
    public boolean isActive() {
        return state != AlertState.INACTIVE;
    }
}
