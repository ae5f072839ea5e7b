package io.tributary.alerts.rule;

import io.tributary.alerts.yaml.Fields;
import io.tributary.alerts.yaml.PlainYaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads rule files and keeps every problem. Prometheus: model/rulefmt.
 *
 * <p>What Prometheus would refuse is refused in its words. What it would take and is not evaluated here (recording
 * rules, other expressions, query offsets, limits) is refused as well: a rule that silently never fires is worse than a
 * stop.
 */
final class RuleFileReader {
    private static final String UNKNOWN = "not found (expected: a field of Prometheus's rule files)";

    private final Duration defaultInterval;
    private final List<AlertingRule> rules = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    RuleFileReader(Duration defaultInterval) {
        this.defaultInterval = defaultInterval;
    }

    List<AlertingRule> rules() {
        return rules;
    }

    List<RuleProblem> problems() {
        return problems;
    }

    void note(String file, String reason) {
        problems.add(new RuleProblem(file, "", "", reason));
    }

    void read(String file, String text) {
        Object document;
        try {
            document = PlainYaml.read(text);
        } catch (IllegalArgumentException e) {
            note(file, e.getMessage());
            return;
        }
        if (document == null) {
            return;
        }
        Fields fields = new Fields(document, reason -> note(file, reason));
        Set<String> names = new HashSet<>();
        for (Object group : fields.list("groups")) {
            readGroup(file, group, names);
        }
        fields.refuseOthers(UNKNOWN);
    }

    private void readGroup(String file, Object value, Set<String> names) {
        String[] name = {""};
        Consumer<String> note = reason -> problems.add(new RuleProblem(file, name[0], "", reason));
        Fields fields = new Fields(value, note);
        name[0] = fields.text("name", "");
        if (name[0].isEmpty()) {
            note.accept("Groupname must not be empty");
        } else if (!names.add(name[0])) {
            note.accept("groupname: \"" + name[0] + "\" is repeated in the same file");
        }
        Duration interval = fields.parsed("interval", Duration.ZERO, PrometheusDuration::parse);
        Map<String, String> labels = fields.texts("labels");
        refuseUnless(fields.text("limit", "0").equals("0"), note, "limit is not evaluated (expected: none)");
        Duration offset = fields.parsed("query_offset", Duration.ZERO, PrometheusDuration::parse);
        refuseUnless(offset.isZero(), note, "query_offset is not evaluated (expected: none)");
        Duration every = interval.isZero() ? defaultInterval : interval;
        int number = 0;
        for (Object rule : fields.list("rules")) {
            number++;
            new RuleReader(file, name[0], number, problems)
                    .read(rule, every, labels)
                    .ifPresent(rules::add);
        }
        fields.refuseOthers(UNKNOWN);
    }

    private static void refuseUnless(boolean fine, Consumer<String> note, String reason) {
        if (!fine) {
            note.accept(reason);
        }
    }

    /** The labels of a group under those of a rule. */
    static Map<String, String> merged(Map<String, String> group, Map<String, String> rule) {
        Map<String, String> all = new LinkedHashMap<>(group);
        all.putAll(rule);
        return all;
    }
}
