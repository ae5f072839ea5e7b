package io.tributary.promql.rule.evaluation;

import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.Transition;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Annotations.Annotation;
import io.tributary.promql.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * What one evaluation of a rule gives.
 *
 * @param samples to be written: what is recorded, or the series {@code ALERTS} and {@code ALERTS_FOR_STATE}; and
 *     {@link Samples#STALE} for each series that has ended
 * @param alerts all of an alerting rule: pending, firing, and resolved ones that are kept; sorted by labels
 * @param transitions of alerts whose state has changed; sorted by labels
 * @param error why the rule could not be evaluated, or not all of its samples be written; empty if it is healthy. After
 *     a failed evaluation the rule's state is as before, unless its alerts were over the limit: then they are gone
 * @param annotations warnings and infos about the expression
 */
public record RuleResult(
        Rule rule,
        List<Value.Sample> samples,
        List<Alert> alerts,
        List<Transition> transitions,
        Optional<String> error,
        List<Annotation> annotations) {

    public RuleResult {
        samples = List.copyOf(samples);
        alerts = List.copyOf(alerts);
        transitions = List.copyOf(transitions);
        annotations = List.copyOf(annotations);
    }
}
