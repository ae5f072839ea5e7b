package io.tributary.promql.rule.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertState;
import io.tributary.promql.rule.alert.Transition;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.Value;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupEvaluatorTest {

    private static final long MINUTE = 60_000;

    private final MemoryStore store = new MemoryStore();
    private final GroupEvaluator evaluator = new GroupEvaluator(
            new Engine(EngineOptions.DEFAULT),
            new External(Labels.of("cluster", "north"), URI.create("http://tributary.example")));
    private GroupState state = GroupState.EMPTY;

    @Test
    void aRuleSeesWhatThoseBeforeItHaveRecorded() {
        RuleGroup group = group("""
                - record: double
                  expr: base * 2
                - record: quadruple
                  expr: double * 2
                  labels: {kind: derived}
                """);
        store.add(Labels.of(Labels.NAME, "base", "job", "a"), 0, 21);
        store.add(Labels.of(Labels.NAME, "base", "job", "b"), 0, 1);

        Evaluation evaluation = evaluate(group, 0);

        assertThat(evaluation.samples())
                .containsExactlyInAnyOrder(
                        sample(0, 42, Labels.NAME, "double", "job", "a"),
                        sample(0, 2, Labels.NAME, "double", "job", "b"),
                        sample(0, 84, Labels.NAME, "quadruple", "job", "a", "kind", "derived"),
                        sample(0, 4, Labels.NAME, "quadruple", "job", "b", "kind", "derived"));
    }

    @Test
    void whatIsRecordedCountsBeforeWhatTheStoreHasOfTheSameTime() {
        RuleGroup group = group("""
                - record: recorded
                  expr: base
                - record: seen
                  expr: count_over_time(recorded[5m]) * 100 + recorded
                """);
        store.add(Labels.of(Labels.NAME, "base"), MINUTE, 7);
        store.add(Labels.of(Labels.NAME, "recorded"), 0, 3);
        store.add(Labels.of(Labels.NAME, "recorded"), MINUTE, 5);

        assertThat(evaluate(group, MINUTE).samples()).contains(sample(MINUTE, 207, Labels.NAME, "seen"));
    }

    @Test
    void aSeriesThatIsNotThereAnyMoreEnds() {
        RuleGroup group = group("""
                - record: recorded
                  expr: base
                """);
        Labels base = Labels.of(Labels.NAME, "base", "job", "a");
        store.add(base, 0, 1);
        store.add(base, MINUTE, Samples.STALE);

        evaluate(group, 0);
        List<Value.Sample> second = evaluate(group, MINUTE).samples();
        List<Value.Sample> third = evaluate(group, 2 * MINUTE).samples();

        assertThat(second).singleElement().satisfies(sample -> {
            assertThat(sample.labels()).isEqualTo(Labels.of(Labels.NAME, "recorded", "job", "a"));
            assertThat(sample.time()).isEqualTo(MINUTE);
            assertThat(Samples.isStale(sample.value())).isTrue();
        });
        assertThat(third).isEmpty();
    }

    @Test
    void theSeriesOfARuleThatIsTakenAwayEnd() {
        RuleGroup both = group("""
                - record: one
                  expr: vector(1)
                - record: two
                  expr: vector(2)
                """);
        RuleGroup second = group("""
                - record: two
                  expr: vector(2)
                """);

        evaluate(both, 0);
        Evaluation after = evaluate(second, MINUTE);

        assertThat(after.samples()).hasSize(2).contains(sample(MINUTE, 2, Labels.NAME, "two"));
        assertThat(after.ended()).singleElement().satisfies(sample -> {
            assertThat(sample.labels()).isEqualTo(Labels.of(Labels.NAME, "one"));
            assertThat(Samples.isStale(sample.value())).isTrue();
        });
        assertThat(evaluate(second, 2 * MINUTE).ended()).isEmpty();
    }

    @Test
    void anAlertIsPendingThenFiresThenIsResolvedAndForgotten() {
        RuleGroup group = group("""
                - alert: Down
                  expr: up == 0
                  for: 2m
                  labels: {severity: page, team: ""}
                  annotations: {summary: "{{ $labels.job }} of {{ $externalLabels.cluster }} is at {{ $value }}"}
                """);
        Labels up = Labels.of(Labels.NAME, "up", "job", "a", "team", "x");
        for (int minute = 0; minute <= 3; minute++) {
            store.add(up, minute * MINUTE, 0);
        }
        for (int minute = 4; minute <= 40; minute++) {
            store.add(up, minute * MINUTE, 1);
        }
        Labels alert = Labels.of("alertname", "Down", "job", "a", "severity", "page");

        Evaluation first = evaluate(group, 0);
        assertThat(first.transitions()).singleElement().satisfies(transition -> {
            assertThat(transition.from()).isEqualTo(AlertState.INACTIVE);
            assertThat(transition.to()).isEqualTo(AlertState.PENDING);
            assertThat(transition.alert().labels()).isEqualTo(alert);
            assertThat(transition.alert().annotations()).isEqualTo(Labels.of("summary", "a of north is at 0"));
        });
        assertThat(first.samples())
                .containsExactlyInAnyOrder(
                        new Value.Sample(alert.with(Labels.NAME, "ALERTS").with("alertstate", "pending"), 0, 1, null),
                        new Value.Sample(alert.with(Labels.NAME, "ALERTS_FOR_STATE"), 0, 0, null));
        assertThat(evaluate(group, MINUTE).transitions()).isEmpty();

        Evaluation third = evaluate(group, 2 * MINUTE);
        assertThat(third.transitions()).singleElement().satisfies(transition -> {
            assertThat(transition.hasFired()).isTrue();
            assertThat(transition.alert().activeAt()).isZero();
            assertThat(transition.alert().firedAt()).isEqualTo(2 * MINUTE);
        });
        assertThat(third.samples()).hasSize(3).anySatisfy(sample -> {
            assertThat(sample.labels().get("alertstate")).isEqualTo("pending");
            assertThat(Samples.isStale(sample.value())).isTrue();
        });

        evaluate(group, 3 * MINUTE);
        Evaluation fifth = evaluate(group, 4 * MINUTE);
        assertThat(fifth.transitions()).singleElement().matches(Transition::isResolved);
        assertThat(fifth.samples()).hasSize(2).allMatch(sample -> Samples.isStale(sample.value()));

        for (int minute = 5; minute <= 19; minute++) {
            assertThat(evaluate(group, minute * MINUTE).results().getFirst().alerts())
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.resolvedAt()).isEqualTo(4 * MINUTE));
        }
        Evaluation last = evaluate(group, 20 * MINUTE);
        assertThat(last.results().getFirst().alerts()).isEmpty();
        assertThat(last.transitions()).isEmpty();
    }

    @Test
    void anAlertFiresOnForAsLongAsItIsTold() {
        RuleGroup group = group("""
                - alert: Down
                  expr: up == 0
                  keep_firing_for: 2m
                """);
        Labels up = Labels.of(Labels.NAME, "up");
        store.add(up, 0, 0);
        store.add(up, MINUTE, 1);
        store.add(up, 2 * MINUTE, 1);
        store.add(up, 3 * MINUTE, 1);

        assertThat(evaluate(group, 0).transitions()).singleElement().matches(Transition::hasFired);
        for (int minute = 1; minute <= 2; minute++) {
            Evaluation kept = evaluate(group, minute * MINUTE);
            assertThat(kept.transitions()).isEmpty();
            assertThat(kept.results().getFirst().alerts())
                    .singleElement()
                    .extracting(Alert::keepFiringSince)
                    .isEqualTo(MINUTE);
            assertThat(kept.samples()).hasSize(2).noneMatch(sample -> Samples.isStale(sample.value()));
        }
        assertThat(evaluate(group, 3 * MINUTE).transitions()).singleElement().matches(Transition::isResolved);
    }

    @Test
    void theQueryOffsetShiftsWhatIsLookedAtAndWhatIsWritten() {
        RuleGroup group = group("query_offset: 1m", """
                - record: recorded
                  expr: base
                - alert: Always
                  expr: base
                """);
        Labels base = Labels.of(Labels.NAME, "base");
        store.add(base, 0, 1);
        store.add(base, MINUTE, 2);

        Evaluation evaluation = evaluate(group, MINUTE);

        assertThat(evaluation.results().getFirst().samples()).containsExactly(sample(0, 1, Labels.NAME, "recorded"));
        assertThat(evaluation.results().getLast().samples())
                .contains(
                        sample(0, 1, Labels.NAME, "ALERTS", "alertname", "Always", "alertstate", "firing"),
                        sample(0, 60, Labels.NAME, "ALERTS_FOR_STATE", "alertname", "Always"));
    }

    @Test
    void moreThanTheLimitIsAnErrorAndDropsTheAlerts() {
        RuleGroup group = group("limit: 1", """
                - record: recorded
                  expr: base
                - alert: Many
                  expr: base > 0
                - record: other
                  expr: vector(1)
                """);
        store.add(Labels.of(Labels.NAME, "base", "job", "a"), 0, 1);
        store.add(Labels.of(Labels.NAME, "base", "job", "b"), 0, 0);
        evaluate(group("limit: 2", "- alert: Many\n  expr: base > 0\n"), 0);
        store.add(Labels.of(Labels.NAME, "base", "job", "b"), MINUTE, 1);

        List<RuleResult> results = evaluate(group, MINUTE).results();

        assertThat(results.get(0).error()).hasValue("exceeded limit of 1 with 2 series");
        assertThat(results.get(1).error()).hasValue("exceeded limit of 1 with 2 alerts");
        assertThat(results.get(1).alerts()).isEmpty();
        assertThat(results.get(1).transitions()).singleElement().matches(Transition::isResolved);
        assertThat(results.get(2).error()).isEmpty();
        assertThat(results.get(2).samples()).hasSize(1);
    }

    @Test
    void labelsThatMakeSeriesTheSameAreAnError() {
        RuleGroup group = group("""
                - record: recorded
                  expr: base
                  labels: {job: all}
                - alert: Same
                  expr: base
                  labels: {job: all}
                """);
        store.add(Labels.of(Labels.NAME, "base", "job", "a"), 0, 1);
        store.add(Labels.of(Labels.NAME, "base", "job", "b"), 0, 1);

        List<RuleResult> results = evaluate(group, 0).results();

        assertThat(results.get(0).error())
                .hasValue("vector contains metrics with the same labelset after applying rule labels");
        assertThat(results.get(1).error())
                .hasValue("vector contains metrics with the same labelset after applying alert labels");
    }

    @Test
    void twoRulesThatWriteOneSeriesDifferentlyAreAnErrorOfTheSecond() {
        RuleGroup group = group("""
                - record: recorded
                  expr: vector(1)
                - record: recorded
                  expr: vector(1)
                - record: recorded
                  expr: vector(2)
                """);

        List<RuleResult> results = evaluate(group, 0).results();

        assertThat(results.get(0).error()).isEmpty();
        assertThat(results.get(1).error()).isEmpty();
        assertThat(results.get(2).error())
                .hasValueSatisfying(error -> assertThat(error).startsWith("duplicate sample for timestamp"));
    }

    @Test
    void templatesAskTheStore() {
        RuleGroup group = group("""
                - record: recorded
                  expr: vector(7)
                - alert: Asking
                  expr: vector(1)
                  annotations:
                    answer: '{{ query "recorded" | first | value }} at {{ externalURL }}'
                    failure: '{{ query "recorded[" | first | value }}'
                """);

        Labels annotations =
                evaluate(group, 0).results().getLast().alerts().getFirst().annotations();

        assertThat(annotations.get("answer")).isEqualTo("7 at http://tributary.example");
        assertThat(annotations.get("failure")).startsWith("<error expanding template: error executing template");
    }

    private Evaluation evaluate(RuleGroup group, long time) {
        Evaluation evaluation = evaluator.evaluate(group, state, store, time);
        state = evaluation.state();
        evaluation.samples().forEach(sample -> store.add(sample.labels(), sample.time(), sample.value()));
        return evaluation;
    }

    private static RuleGroup group(String rules) {
        return group("interval: 1m", rules);
    }

    private static RuleGroup group(String setting, String rules) {
        String text = "groups:\n- name: g\n  " + setting + "\n  rules:\n" + rules.indent(2);
        return new RuleFiles(RuleFileOptions.DEFAULT).read("test.yaml", text).getFirst();
    }

    private static Value.Sample sample(long time, double value, String... labels) {
        return new Value.Sample(Labels.of(labels), time, value, null);
    }
}
