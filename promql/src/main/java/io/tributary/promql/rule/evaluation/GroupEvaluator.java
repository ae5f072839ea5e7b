package io.tributary.promql.rule.evaluation;

import io.tributary.promql.engine.Cancellation;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.rule.state.RuleState;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Evaluates groups of rules as Prometheus does. Holds nothing of a group: the same group, state, samples and time give
 * the same evaluation, in any thread and process.
 */
public final class GroupEvaluator {

    private final Engine engine;
    private final External external;

    public GroupEvaluator(Engine engine, External external) {
        this.engine = engine;
        this.external = external;
    }

    /** As {@link #evaluate(RuleGroup, GroupState, Overlay, long, Cancellation)}, of a store alone, never cancelled. */
    public Evaluation evaluate(RuleGroup group, GroupState before, Storage storage, long time) {
        return evaluate(group, before, new Overlay(storage), time, new Cancellation());
    }

    /**
     * Evaluates the rules one after the other. One that fails keeps no other from its turn.
     *
     * @param before after the last evaluation, of this group or of what it was before it was changed
     * @param storage gets what the rules write
     * @param time in milliseconds since the epoch
     * @throws io.tributary.promql.storage.StorageException if the store cannot be read: a retry is to start from the
     *     same state and a new overlay
     */
    public Evaluation evaluate(
            RuleGroup group, GroupState before, Overlay storage, long time, Cancellation cancellation) {
        GroupState fitting = before.fitting(group);
        var queries = new RuleQueries(engine, storage, cancellation);
        var evaluation = new RuleEvaluation(group, external, queries, storage, time);
        var results = new ArrayList<RuleResult>();
        var states = new ArrayList<RuleState>();
        for (int i = 0; i < group.rules().size(); i++) {
            RuleEvaluation.Step step =
                    evaluation.evaluate(group.rules().get(i), fitting.rules().get(i));
            results.add(step.result());
            states.add(step.state());
        }
        var ended = stale(fitting.orphans(), time - group.queryOffset().toMillis()).stream()
                .filter(storage::write)
                .toList();
        return new Evaluation(time, new GroupState(time, states, List.of()), results, ended);
    }

    /**
     * What is to be written when a group is given up: an end for each of its series. Its alerts are not resolved: they
     * are no longer watched.
     *
     * @param time in milliseconds since the epoch
     */
    public static List<Value.Sample> abandon(GroupState state, long time) {
        var series = new ArrayList<>(state.orphans());
        state.rules().forEach(rule -> series.addAll(rule.series()));
        return stale(series.stream().distinct().toList(), time);
    }

    static List<Value.Sample> stale(Collection<Labels> series, long time) {
        return series.stream()
                .map(labels -> new Value.Sample(labels, time, Samples.STALE, null))
                .toList();
    }
}
