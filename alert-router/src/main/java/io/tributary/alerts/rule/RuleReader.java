package io.tributary.alerts.rule;

import io.tributary.alerts.yaml.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads one rule of a group. */
final class RuleReader {
    private final String file;
    private final String group;
    private final int number;
    private final List<RuleProblem> problems;
    private String name = "";

    RuleReader(String file, String group, int number, List<RuleProblem> problems) {
        this.file = file;
        this.group = group;
        this.number = number;
        this.problems = problems;
    }

    /** The rule, unless something is wrong with it, which then is among the problems. */
    Optional<AlertingRule> read(Object value, Duration interval, Map<String, String> groupLabels) {
        int before = problems.size();
        Fields fields = new Fields(value, this::note);
        String alert = fields.text("alert", "");
        String record = fields.text("record", "");
        name = alert.isEmpty() ? record : alert;
        checkKind(alert, record);
        String expression = fields.text("expr", "");
        Duration holdFor = duration(fields, "for", record);
        Duration keepFiringFor = duration(fields, "keep_firing_for", record);
        Map<String, Template> labels =
                templates("label", RuleFileReader.merged(groupLabels, fields.texts("labels")), RuleReader::isLabelName);
        Map<String, String> texts = fields.texts("annotations");
        if (alert.isEmpty() && !texts.isEmpty()) {
            note("invalid field 'annotations' in recording rule");
        }
        Map<String, Template> annotations = templates("annotation", texts, text -> !text.isEmpty());
        fields.refuseOthers("not found (expected: a field of Prometheus's rules)");
        Threshold condition = condition(expression);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new AlertingRule(
                        group, name, condition, interval, holdFor, keepFiringFor, labels, annotations));
    }

    private void checkKind(String alert, String record) {
        if (!alert.isEmpty() && !record.isEmpty()) {
            note("only one of 'record' and 'alert' must be set");
        } else if (alert.isEmpty() && record.isEmpty()) {
            note("one of 'record' or 'alert' must be set");
        } else if (record.contains("{") || record.contains("}")) {
            note("braces present in the recording rule name; should it be in expr?: " + record);
        } else if (!record.isEmpty()) {
            note("recording rules are not evaluated (expected: an alerting rule)");
        }
    }

    private Threshold condition(String expression) {
        if (expression.isBlank()) {
            note("field 'expr' must be set in rule");
            return null;
        }
        try {
            return ThresholdParser.parse(expression);
        } catch (ExpressionException e) {
            note("expr: parse error: " + e.getMessage() + ": only selector <comparison> number is evaluated");
            return null;
        }
    }

    private Duration duration(Fields fields, String field, String record) {
        Duration duration = fields.parsed(field, Duration.ZERO, PrometheusDuration::parse);
        if (!record.isEmpty() && !duration.isZero()) {
            note("invalid field '" + field + "' in recording rule");
        }
        return duration;
    }

    private Map<String, Template> templates(String kind, Map<String, String> texts, Predicate<String> isName) {
        Map<String, Template> made = new LinkedHashMap<>();
        texts.forEach((key, text) -> {
            if (!isName.test(key)) {
                note("invalid " + kind + " name: " + key);
                return;
            }
            try {
                made.put(key, Template.parse(text));
            } catch (ExpressionException e) {
                note(kind + " \"" + key + "\": " + e.getMessage());
            }
        });
        return made;
    }

    /** Any text is a name nowadays, but for the one that names the metric. */
    private static boolean isLabelName(String text) {
        return !text.isEmpty() && !text.equals("__name__");
    }

    private void note(String reason) {
        problems.add(new RuleProblem(file, group, name.isEmpty() ? "" + number : number + " \"" + name + '"', reason));
    }
}
