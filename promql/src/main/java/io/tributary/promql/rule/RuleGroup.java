package io.tributary.promql.rule;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules that are evaluated together, one after the other, so that each sees what those before it have recorded.
 *
 * @param file where the group is written; with the name, what it is known by
 * @param name unique within its file
 * @param interval between evaluations; above 0
 * @param limit how many series a recording rule, or alerts an alerting rule, may give: more are an error; 0: any number
 * @param queryOffset how far before the time of evaluation the expressions look, and results are dated; 0 or more
 * @param labels of the group alone; its rules have them too, unless they have others of the same name
 * @param rules in the order of the file
 */
public record RuleGroup(
        String file,
        String name,
        Duration interval,
        int limit,
        Duration queryOffset,
        Map<String, String> labels,
        List<Rule> rules) {

    public RuleGroup {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        rules = List.copyOf(rules);
    }

    /** What the group is known by among those of all files. */
    public String key() {
        return file + ";" + name;
    }
}
