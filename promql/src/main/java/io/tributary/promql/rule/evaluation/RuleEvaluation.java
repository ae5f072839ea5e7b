package io.tributary.promql.rule.evaluation;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.RecordingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertMachine;
import io.tributary.promql.rule.alert.AlertStep;
import io.tributary.promql.rule.alert.Transition;
import io.tributary.promql.rule.state.RuleState;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Annotations.Annotation;
import io.tributary.promql.value.Annotations.Level;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Evaluates the rules of a group at one time. */
record RuleEvaluation(RuleGroup group, External external, RuleQueries queries, Overlay storage, long time) {

    /** What a rule gives, and what it remembers. */
    record Step(RuleResult result, RuleState state) {}

    Step evaluate(Rule rule, RuleState before) {
        try {
            var answer = queries.ask(rule.expr(), queryTime());
            return switch (rule) {
                case RecordingRule recording -> {
                    var samples = new RecordingEvaluation(recording, group.limit()).samples(answer.elements());
                    yield written(rule, before, samples, new AlertStep(List.of(), List.of()), answer.annotations());
                }
                case AlertingRule alerting -> alerted(alerting, before, answer);
            };
        } catch (QueryException e) {
            return failed(rule, before, before.alerts(), List.of(), e.getMessage());
        }
    }

    private Step alerted(AlertingRule rule, RuleState before, RuleQueries.Answer answer) {
        var evaluation = new AlertingEvaluation(rule, external, queries, time);
        var machine = new AlertMachine(rule.holdFor(), rule.keepFiringFor());
        AlertStep step = machine.next(before.alerts(), evaluation.alerts(answer.elements()), time);
        List<Alert> active = step.active();
        if (group.limit() > 0 && active.size() > group.limit()) {
            AlertStep none = machine.none(before.alerts(), time);
            return failed(
                    rule,
                    before,
                    none.alerts(),
                    none.transitions(),
                    "exceeded limit of " + group.limit() + " with " + active.size() + " alerts");
        }
        return written(rule, before, evaluation.samples(active, queryTime()), step, answer.annotations());
    }

    private Step written(
            Rule rule, RuleState before, List<Value.Sample> samples, AlertStep alerts, Annotations annotations) {
        var written = new ArrayList<Value.Sample>(samples.size());
        var series = new LinkedHashSet<Labels>();
        samples.stream().filter(storage::write).forEach(sample -> {
            written.add(sample);
            series.add(sample.labels());
        });
        int refused = samples.size() - written.size();
        // A series that ends here may be written by another rule: then that one counts.
        GroupEvaluator.stale(before.series(), queryTime()).stream()
                .filter(sample -> !series.contains(sample.labels()) && storage.write(sample))
                .forEach(written::add);
        var result = new RuleResult(
                rule,
                written,
                alerts.alerts(),
                alerts.transitions(),
                refused == 0
                        ? Optional.empty()
                        : Optional.of("duplicate sample for timestamp: " + refused + " of " + samples.size()),
                listed(annotations));
        return new Step(result, new RuleState(rule.key(), alerts.alerts(), List.copyOf(series)));
    }

    private static Step failed(
            Rule rule, RuleState before, List<Alert> alerts, List<Transition> transitions, String error) {
        return new Step(
                new RuleResult(rule, List.of(), alerts, transitions, Optional.of(error), List.of()),
                new RuleState(before.key(), alerts, before.series()));
    }

    private static List<Annotation> listed(Annotations annotations) {
        var all = new ArrayList<>(annotations.of(Level.WARNING));
        all.addAll(annotations.of(Level.INFO));
        return all;
    }

    private long queryTime() {
        return time - group.queryOffset().toMillis();
    }
}
