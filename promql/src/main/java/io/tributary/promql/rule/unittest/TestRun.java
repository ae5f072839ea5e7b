package io.tributary.promql.rule.unittest;

import io.tributary.promql.Durations;
import io.tributary.promql.engine.Cancellation;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.evaluation.Evaluation;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.evaluation.Overlay;
import io.tributary.promql.rule.evaluation.RuleResult;
import io.tributary.promql.rule.file.RuleFileException;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.rule.unittest.UnitTestFile.AlertTest;
import io.tributary.promql.rule.unittest.UnitTestFile.TestGroup;
import io.tributary.promql.testlanguage.NotationException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one test group: evaluates the rules step by step over the input, and compares. */
final class TestRun {

    private final UnitTestFile file;
    private final TestGroup test;
    private final RuleFileOptions options;
    private final List<Path> ruleFiles;
    private final Engine engine;

    TestRun(UnitTestFile file, TestGroup test, RuleFileOptions options, List<Path> ruleFiles) {
        this.file = file;
        this.test = test;
        this.options = options;
        this.ruleFiles = ruleFiles;
        this.engine = new Engine(
                EngineOptions.DEFAULT.withFeatures(options.features()).withSubqueryStep(file.evaluationInterval()));
    }

    /** What is not as expected; none if all is. */
    List<String> failures() {
        try {
            var input = new InputData(test.input(), test.interval(), test.start());
            var groups = groups();
            var external = new External(Labels.of(test.externalLabels()), URI.create(test.externalUrl()));
            return test.alertTests().stream()
                    .filter(one -> one.alertName().isEmpty())
                    .findFirst()
                    .map(TestRun::nameless)
                    .orElseGet(() -> run(input, groups, new GroupEvaluator(engine, external)));
        } catch (RuleFileException e) {
            return e.problems().stream().map(Object::toString).toList();
        } catch (NotationException | IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> nameless(AlertTest one) {
        return List.of("an item under alert_rule_test misses required attribute alertname at eval_time "
                + Durations.format(one.evalTime().toMillis()));
    }

    /** All groups; one that several files or patterns name counts once. */
    private List<RuleGroup> groups() {
        Map<String, RuleGroup> byKey = new LinkedHashMap<>();
        new RuleFiles(options).read(ruleFiles).forEach(group -> byKey.put(group.key(), group));
        Comparator<RuleGroup> order =
                Comparator.comparingInt(group -> Math.max(0, file.groupOrder().indexOf(group.name())));
        return byKey.values().stream().sorted(order).toList();
    }

    private List<String> run(InputData input, List<RuleGroup> groups, GroupEvaluator evaluator) {
        var store = new Overlay(input);
        var states = new HashMap<String, GroupState>();
        var alertChecks = new AlertChecks(test);
        var failures = new ArrayList<String>();
        long interval = file.evaluationInterval().toMillis();
        long end = test.start() + test.end().toMillis();
        for (long time = test.start(); time <= end; time += interval) {
            input.advanceTo(time);
            var evaluations = new ArrayList<Evaluation>();
            var errors = new ArrayList<String>();
            for (RuleGroup group : groups) {
                GroupState before = states.getOrDefault(group.key(), GroupState.EMPTY);
                Evaluation evaluation = evaluator.evaluate(group, before, store, time, new Cancellation());
                states.put(group.key(), evaluation.state());
                evaluations.add(evaluation);
                errors.addAll(errors(evaluation, input));
            }
            if (!errors.isEmpty()) {
                failures.addAll(errors);
                return failures;
            }
            failures.addAll(alertChecks.failures(evaluations, time, interval));
        }
        test.exprTests()
                .forEach(one ->
                        failures.addAll(new ExprCheck(engine, store, test.start(), file.fuzzyCompare()).failures(one)));
        return failures;
    }

    private List<String> errors(Evaluation evaluation, InputData input) {
        var errors = new ArrayList<String>();
        for (RuleResult result : evaluation.results()) {
            result.error().ifPresent(error -> errors.add(error(result, evaluation, error)));
            if (result.samples().stream().anyMatch(input::contradicts)) {
                errors.add(error(result, evaluation, "duplicate sample for timestamp: the input has another"));
            }
        }
        return errors;
    }

    private String error(RuleResult result, Evaluation evaluation, String error) {
        return "    rule: " + result.rule().name() + ", time: " + Durations.format(evaluation.time() - test.start())
                + ", err: " + error;
    }
}
