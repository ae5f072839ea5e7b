package io.tributary.alerts.evaluation;

import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.Alert;
import java.util.List;
import java.util.Optional;

/**
 * How the last evaluation of a group went, in one place.
 *
 * @param key which group of whom, and where
 * @param group the rules
 * @param evaluatedAt the instant, in milliseconds since the epoch
 * @param nanos how long it took
 * @param samples how many samples it wrote
 * @param rules how its rules did, in their order
 */
public record GroupReport(Key key, RuleGroup group, long evaluatedAt, long nanos, int samples, List<RuleReport> rules) {
    /**
     * Tells the reports from each other.
     *
     * @param tenant whose series were evaluated
     * @param group the group's key
     * @param partition where
     */
    public record Key(String tenant, String group, int partition) {}

    /**
     * How a rule did.
     *
     * @param error why it failed; empty if it did not
     * @param alerts those that are pending or fire
     * @param silent those that fire on though the series that they are made of have no data
     */
    public record RuleReport(Rule rule, Optional<String> error, List<Alert> alerts, int silent) {}
}
