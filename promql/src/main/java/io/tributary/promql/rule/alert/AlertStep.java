package io.tributary.promql.rule.alert;

import java.util.List;

/**
 * What one evaluation makes of a rule's alerts.
 *
 * @param alerts all that there are now, those that are resolved and kept too, sorted by labels
 * @param transitions those whose state has changed, sorted by labels
 */
public record AlertStep(List<Alert> alerts, List<Transition> transitions) {

    public AlertStep {
        alerts = List.copyOf(alerts);
        transitions = List.copyOf(transitions);
    }

    /** Those that are pending or fire. */
    public List<Alert> active() {
        return alerts.stream().filter(Alert::isActive).toList();
    }
}
