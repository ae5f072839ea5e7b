package io.tributary.promql.rule.state;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.Alert;
import java.util.List;

/**
 * What one rule remembers.
 *
 * @param key what the rule is known by
 * @param alerts of an alerting rule, sorted by labels
 * @param series that its last successful evaluation wrote; those that the next one does not write end
 */
public record RuleState(String key, List<Alert> alerts, List<Labels> series) {

    public RuleState {
        alerts = List.copyOf(alerts);
        series = List.copyOf(series);
    }

    /** Of a rule that was never evaluated. */
    public static RuleState empty(String key) {
        return new RuleState(key, List.of(), List.of());
    }
}
