package io.tributary.promql.rule.file;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.RecordingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.yaml.Place;
import io.tributary.promql.rule.yaml.YamlFields;
import io.tributary.promql.rule.yaml.YamlValue;
import io.tributary.promql.template.TemplateException;
import io.tributary.promql.template.alert.AlertTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one rule of a group. */
final class RuleReader {

    private static final List<String> FIELDS =
            List.of("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations");

    private final String file;
    private final RuleFileOptions options;
    private final String group;
    private final int number;
    private final List<Problem> problems;
    private String name = "";

    /** @param number from 1 */
    RuleReader(String file, RuleFileOptions options, String group, int number, List<Problem> problems) {
        this.file = file;
        this.options = options;
        this.group = group;
        this.number = number;
        this.problems = problems;
    }

    /** The rule; empty if it is wrong, which is then among the problems. */
    Optional<Rule> read(YamlValue value, Map<String, String> groupLabels) {
        int before = problems.size();
        YamlFields fields = value.with(this::complain).fields();
        String record = text(fields, "record");
        String alert = text(fields, "alert");
        name = alert.isEmpty() ? record : alert;
        if (!options.ignoreUnknownFields()) {
            fields.allow(FIELDS);
        }
        if (!record.isEmpty() && !alert.isEmpty()) {
            complain(fields.place("alert"), "only one of 'record' and 'alert' must be set");
        }
        if (name.isEmpty()) {
            complain(fields.place(), "one of 'record' or 'alert' must be set");
        }
        Optional<Expr> expr = expression(fields);
        Map<String, String> labels = fields.get("labels").map(YamlValue::texts).orElse(Map.of());
        Map<String, String> annotations =
                fields.get("annotations").map(YamlValue::texts).orElse(Map.of());
        Duration holdFor = duration(fields, "for");
        Duration keepFiringFor = duration(fields, "keep_firing_for");
        if (!record.isEmpty()) {
            checkRecording(fields, record, annotations, holdFor, keepFiringFor);
        }
        var check = new LabelCheck(options, this::complain);
        check.check(fields.place("labels"), labels);
        check.checkAnnotations(fields.place("annotations"), annotations);
        if (!alert.isEmpty()) {
            checkTemplates(fields.place("labels"), "label", labels);
            checkTemplates(fields.place("annotations"), "annotation", annotations);
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        var all = new TreeMap<>(groupLabels);
        all.putAll(labels);
        return expr.map(query -> alert.isEmpty()
                ? new RecordingRule(record, query, all)
                : new AlertingRule(alert, query, holdFor, keepFiringFor, all, annotations));
    }

    private Optional<Expr> expression(YamlFields fields) {
        String text = text(fields, "expr");
        if (text.isEmpty()) {
            complain(fields.place("expr"), "field 'expr' must be set in rule");
            return Optional.empty();
        }
        try {
            return Optional.of(Parser.parse(text, options.features()));
        } catch (ParseException e) {
            e.problems().forEach(problem -> complain(fields.place("expr"), "could not parse expression: " + problem));
            return Optional.empty();
        }
    }

    private void checkRecording(
            YamlFields fields,
            String record,
            Map<String, String> annotations,
            Duration holdFor,
            Duration keepFiringFor) {
        if (!annotations.isEmpty()) {
            complain(fields.place("annotations"), "invalid field 'annotations' in recording rule");
        }
        if (!holdFor.isZero()) {
            complain(fields.place("for"), "invalid field 'for' in recording rule");
        }
        if (!keepFiringFor.isZero()) {
            complain(fields.place("keep_firing_for"), "invalid field 'keep_firing_for' in recording rule");
        }
        Names names = options.legacyNames() ? Names.LEGACY : Names.UTF_8;
        if (!names.isMetric(record)) {
            complain(fields.place("record"), "invalid recording rule name: " + record);
        }
        if (record.contains("{") || record.contains("}")) {
            complain(
                    fields.place("record"),
                    "braces present in the recording rule name; should it be in expr?: " + record);
        }
    }

    private void checkTemplates(Place place, String kind, Map<String, String> templates) {
        templates.forEach((key, text) -> {
            try {
                AlertTemplate.parse(name, text);
            } catch (TemplateException e) {
                complain(place, kind + " " + LabelText.quote(key) + ": " + e.getMessage());
            }
        });
    }

    private static String text(YamlFields fields, String field) {
        return fields.get(field).map(YamlValue::text).orElse("");
    }

    private static Duration duration(YamlFields fields, String field) {
        return fields.get(field).map(YamlValue::duration).orElse(Duration.ZERO);
    }

    private void complain(Place place, String reason) {
        problems.add(new Problem(file, place, Problem.rule(group, number, name), reason));
    }
}
