package io.tributary.alerts.rule;

import io.tributary.schemas.avro.MetricPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rules that may select a point by one look-up of its metric's name, whatever the number of rules. A
 * histogram or summary has one point but several classic series; a rule on one of those is found by the point's name as
 * well.
 */
public final class RuleIndex {
    /**
     * A rule that may select a point, and which series of the point.
     *
     * @param rule the rule; its matchers are not checked yet
     * @param component the series of the point that the rule names
     */
    public record Candidate(AlertingRule rule, Component component) {}

    private final Map<String, List<Candidate>> byPointName = new HashMap<>();

    /** An index of these rules. */
    public RuleIndex(List<AlertingRule> rules) {
        for (AlertingRule rule : rules) {
            String metric = rule.condition().metric();
            for (Component component : Component.values()) {
                if (metric.endsWith(component.suffix())) {
                    String name = metric.substring(
                            0, metric.length() - component.suffix().length());
                    byPointName
                            .computeIfAbsent(name, unseen -> new ArrayList<>())
                            .add(new Candidate(rule, component));
                }
            }
        }
    }

    /** The rules that may select a point of this name; empty for most names. */
    public List<Candidate> candidates(MetricPoint point) {
        return byPointName.getOrDefault(point.getName(), List.of());
    }
}
