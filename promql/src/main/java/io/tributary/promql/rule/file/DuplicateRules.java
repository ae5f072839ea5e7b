package io.tributary.promql.rule.file;

import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that set the same labels and have the same name, which is no mistake; but where they give the same series, only
 * one of them counts.
 */
public final class DuplicateRules {

    private DuplicateRules() {}

    /** One rule of each such name and labels, in the order in which they are repeated first. */
    public static List<Rule> of(List<RuleGroup> groups) {
        var seen = new HashSet<String>();
        Map<String, Rule> repeated = new LinkedHashMap<>();
        groups.stream()
                .flatMap(group -> group.rules().stream())
                .filter(rule -> !seen.add(rule.key()))
                .forEach(rule -> repeated.putIfAbsent(rule.key(), rule));
        return List.copyOf(repeated.values());
    }
}
