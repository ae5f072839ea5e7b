package io.tributary.alerts.planning;

import io.tributary.alerts.selection.SelectionIndex;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * All rule groups that are in force, and an index of what they read. Compared by identity: each reading is a new set.
 */
public final class RuleSet {
    private final List<GroupPlan> groups;
    private final SelectionIndex index;

    private RuleSet(List<GroupPlan> groups, SelectionIndex index) {
        this.groups = groups;
        this.index = index;
    }

    /** The set of these groups. */
    public static RuleSet of(List<RuleGroup> groups, EngineOptions options) {
        List<GroupPlan> plans = new ArrayList<>();
        List<SelectionIndex.Wish> wishes = new ArrayList<>();
        for (RuleGroup group : groups) {
            GroupPlan plan = GroupPlan.of(group, options);
            int owner = plans.size();
            plan.selections().forEach(selection -> wishes.add(new SelectionIndex.Wish(selection.matchers(), owner)));
            plans.add(plan);
        }
        return new RuleSet(List.copyOf(plans), new SelectionIndex(wishes));
    }

    /** The groups, in the order of the files. */
    public List<GroupPlan> groups() {
        return groups;
    }

    /** Places in {@link #groups} of those that want the series. */
    public int[] wantedBy(Labels series) {
        return index.owners(series);
    }
}
