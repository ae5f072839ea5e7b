package io.tributary.promql.rule.evaluation;

import io.tributary.promql.rule.alert.Transition;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.value.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one evaluation of a group gives.
 *
 * @param time in milliseconds since the epoch
 * @param state for the next evaluation
 * @param results of the rules, in their order
 * @param ended staleness markers of series that rules wrote which the group has no more
 */
public record Evaluation(long time, GroupState state, List<RuleResult> results, List<Value.Sample> ended) {

    public Evaluation {
        results = List.copyOf(results);
        ended = List.copyOf(ended);
    }

    /** All samples to be written, in order. */
    public List<Value.Sample> samples() {
        return Stream.concat(results.stream().flatMap(result -> result.samples().stream()), ended.stream())
                .toList();
    }

    /** All changes of alerts, in the rules' order. */
    public List<Transition> transitions() {
        return results.stream().flatMap(result -> result.transitions().stream()).toList();
    }
}
