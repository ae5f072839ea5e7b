package io.tributary.promql.rule.alert;

import io.tributary.promql.label.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The states of a rule's alerts, exactly as Prometheus has them.
 *
 * <ul>
 *   <li>An element that is new makes a pending alert, which fires at the first evaluation at which it has been active
 *       for {@code holdFor}; that may be the same one.
 *   <li>A pending alert whose element is gone is forgotten.
 *   <li>A firing alert whose element is gone fires on until it has been gone for {@code keepFiringFor}; then it is
 *       inactive, and kept for {@link #RETENTION}, so that its end can be told more than once.
 *   <li>An element that comes back to an inactive alert makes a new one.
 * </ul>
 */
public record AlertMachine(Duration holdFor, Duration keepFiringFor) {

    /** How long a resolved alert is kept. */
    public static final Duration RETENTION = Duration.ofMinutes(15);

    /**
     * The next state.
     *
     * @param before the alerts after the evaluation before
     * @param found the alerts of the elements that are there now, as pending ones
     * @param time of evaluation in milliseconds since the epoch
     */
    public AlertStep next(List<Alert> before, SortedMap<Labels, Alert> found, long time) {
        var all = new TreeMap<Labels, Alert>();
        before.forEach(alert -> all.put(alert.labels(), alert));
        var known = new TreeMap<>(all);
        all.putAll(found);
        var alerts = new ArrayList<Alert>();
        var transitions = new ArrayList<Transition>();
        all.keySet().forEach(labels -> {
            Alert old = known.get(labels);
            Alert seen = found.get(labels);
            Alert now = seen == null ? gone(old, time) : there(old, seen, time);
            if (!isForgotten(old, now, time)) {
                alerts.add(now);
            }
            AlertState from = old == null ? AlertState.INACTIVE : old.state();
            if (from != now.state()) {
                transitions.add(new Transition(now, from, now.state()));
            }
        });
        return new AlertStep(alerts, transitions);
    }

    /** No alerts any more, which ends those that were active. */
    public AlertStep none(List<Alert> before, long time) {
        return new AlertStep(
                List.of(),
                before.stream()
                        .filter(Alert::isActive)
                        .map(alert -> new Transition(alert.inactive(time), alert.state(), AlertState.INACTIVE))
                        .toList());
    }

    private Alert there(Alert old, Alert seen, long time) {
        Alert alert = old != null && old.isActive() ? old.stillThere(seen) : seen;
        boolean fires = alert.state() == AlertState.PENDING && time - alert.activeAt() >= holdFor.toMillis();
        return fires ? alert.firing(time) : alert;
    }

    private Alert gone(Alert old, long time) {
        if (!old.isActive()) {
            return old;
        }
        if (old.state() == AlertState.FIRING && keepFiringFor.isPositive()) {
            long since = old.keepFiringSince() == Alert.NEVER ? time : old.keepFiringSince();
            if (time - since < keepFiringFor.toMillis()) {
                return old.keptSince(since);
            }
        }
        return old.inactive(time);
    }

    private static boolean isForgotten(Alert old, Alert now, long time) {
        if (now.isActive()) {
            return false;
        }
        return old.state() == AlertState.PENDING || time - now.resolvedAt() > RETENTION.toMillis();
    }
}
