package io.tributary.promql.rule.state;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.Alert;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;

/**
 * What a group remembers: with it and the samples, the next evaluation is determined.
 *
 * @param evaluatedAt time of the last evaluation in milliseconds since the epoch; {@link Alert#NEVER} if there was none
 * @param rules in the group's order
 * @param orphans series of rules that the group has no more, which end at its next evaluation
 */
public record GroupState(long evaluatedAt, List<RuleState> rules, List<Labels> orphans) {

    /** Of a group that was never evaluated. */
    public static final GroupState EMPTY = new GroupState(Alert.NEVER, List.of(), List.of());

    public GroupState {
        rules = List.copyOf(rules);
        orphans = List.copyOf(orphans);
    }

    /**
     * The state for a group that may have been changed since: each rule takes that of one with its name and labels, the
     * first that of the first if there are several; the series of rules that are gone become orphans.
     */
    public GroupState fitting(RuleGroup group) {
        Map<String, Queue<RuleState>> known = new HashMap<>();
        rules.forEach(rule ->
                known.computeIfAbsent(rule.key(), key -> new ArrayDeque<>()).add(rule));
        var fitted = new ArrayList<RuleState>();
        group.rules().forEach(rule -> {
            Queue<RuleState> same = known.getOrDefault(rule.key(), new ArrayDeque<>());
            fitted.add(same.isEmpty() ? RuleState.empty(rule.key()) : same.remove());
        });
        var ended = new TreeSet<>(orphans);
        known.values().forEach(rest -> rest.forEach(rule -> ended.addAll(rule.series())));
        return new GroupState(evaluatedAt, fitted, List.copyOf(ended));
    }
}
