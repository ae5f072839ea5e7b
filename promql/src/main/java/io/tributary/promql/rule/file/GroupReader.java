package io.tributary.promql.rule.file;

import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.yaml.Place;
import io.tributary.promql.rule.yaml.YamlFields;
import io.tributary.promql.rule.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one group of a rule file. */
final class GroupReader {

    private static final List<String> FIELDS = List.of("name", "interval", "query_offset", "limit", "labels", "rules");

    private final String file;
    private final RuleFileOptions options;
    private final Set<String> known;
    private final List<Problem> problems;

    /** @param known names of the file's groups so far */
    GroupReader(String file, RuleFileOptions options, Set<String> known, List<Problem> problems) {
        this.file = file;
        this.options = options;
        this.known = known;
        this.problems = problems;
    }

    /** What can be read; where there are problems it is not to be used. */
    RuleGroup read(YamlValue value) {
        YamlFields unnamed = value.fields();
        String name = unnamed.get("name").map(YamlValue::text).orElse("");
        YamlFields fields = unnamed.with((place, reason) -> complain(name, place, reason));
        if (!options.ignoreUnknownFields()) {
            fields.allow(FIELDS);
        }
        if (name.isEmpty()) {
            complain(name, fields.place(), "Groupname must not be empty");
        } else if (!known.add(name)) {
            complain(name, fields.place(), "groupname: \"" + name + "\" is repeated in the same file");
        }
        Map<String, String> labels = fields.get("labels").map(YamlValue::texts).orElse(Map.of());
        new LabelCheck(options, (place, reason) -> complain(name, place, reason)).check(fields.place("labels"), labels);
        Duration interval = fields.get("interval").map(YamlValue::duration).orElse(Duration.ZERO);
        return new RuleGroup(
                file,
                name,
                interval.isZero() ? options.interval() : interval,
                fields.get("limit").map(YamlValue::integer).orElse(0),
                fields.get("query_offset").map(YamlValue::duration).orElse(options.queryOffset()),
                labels,
                rules(fields, name, labels));
    }

    private List<Rule> rules(YamlFields fields, String group, Map<String, String> labels) {
        List<YamlValue> values = fields.get("rules").map(YamlValue::list).orElse(List.of());
        var rules = new ArrayList<Rule>();
        for (int i = 0; i < values.size(); i++) {
            new RuleReader(file, options, group, i + 1, problems)
                    .read(values.get(i), labels)
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private void complain(String group, Place place, String reason) {
        problems.add(new Problem(file, place, Problem.group(group), reason));
    }
}
