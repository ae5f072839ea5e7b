package io.tributary.promql.rule.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.rule.state.StateCodec;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The same samples give the same evaluations, whatever restarts in between. */
class ReplayTest {

    private static final long STEP = 30_000;

    private static final RuleGroup GROUP =
            new RuleFiles(RuleFileOptions.DEFAULT).read("replay.yaml", """
                    groups:
                    - name: replayed
                      limit: 2
                      query_offset: 30s
                      rules:
                      - record: doubled
                        expr: load * 2
                      - alert: High
                        expr: doubled > 2
                        for: 1m
                        keep_firing_for: 1m
                        labels: {severity: "{{ if gt $value 4.0 }}page{{ else }}mail{{ end }}"}
                        annotations: {summary: "{{ $labels.job }}: {{ $value }}"}
                      - alert: Gone
                        expr: absent(load{job="a"})
                      - alert: Alarmed
                        expr: count(ALERTS{alertstate="firing"}) > 1
                    """).getFirst();

    private final GroupEvaluator evaluator = new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE);

    @Property(tries = 200)
    void aRestartAtAnyMomentChangesNothing(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(max = 124) Integer> loads, @ForAll int restart) {
        List<Evaluation> undisturbed = run(loads, step -> false);

        assertThat(run(loads, step -> step == Math.floorMod(restart, loads.size())))
                .isEqualTo(undisturbed);
        assertThat(run(loads, step -> true)).isEqualTo(undisturbed);
    }

    /** Evaluates after each sample; the state goes through its bytes where a restart is. */
    private List<Evaluation> run(List<Integer> loads, IntPredicate restarts) {
        var store = new MemoryStore();
        var evaluations = new ArrayList<Evaluation>();
        GroupState state = GroupState.EMPTY;
        for (int i = 0; i < loads.size(); i++) {
            int code = loads.get(i);
            for (String job : List.of("a", "b", "c")) {
                add(store, job, i, code % 5);
                code /= 5;
            }
            if (restarts.test(i)) {
                state = StateCodec.decode(StateCodec.encode(state));
            }
            Evaluation evaluation = evaluator.evaluate(GROUP, state, store, i * STEP);
            evaluation.samples().forEach(sample -> write(store, sample));
            evaluations.add(evaluation);
            state = evaluation.state();
        }
        return evaluations;
    }

    /** A load from 0 to 3, or the end of the series. */
    private static void add(MemoryStore store, String job, int step, int load) {
        store.add(Labels.of(Labels.NAME, "load", "job", job), step * STEP, load == 4 ? Samples.STALE : load);
    }

    private static void write(MemoryStore store, Value.Sample sample) {
        store.add(sample.labels(), sample.time(), sample.value());
    }
}
