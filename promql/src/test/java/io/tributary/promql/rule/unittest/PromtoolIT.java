package io.tributary.promql.rule.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.promql.Features;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.alert.AlertState;
import io.tributary.promql.rule.evaluation.Evaluation;
import io.tributary.promql.rule.evaluation.External;
import io.tributary.promql.rule.evaluation.GroupEvaluator;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.memory.MemoryStore;
import io.tributary.promql.value.NumberText;
import io.tributary.promql.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random rules over random data: what they give here is written down as the expectations of a unit test, which
 * Prometheus's own promtool must find fulfilled. Skipped where there is no promtool.
 *
 * <p>Promtool may be as old as 2.42, in which a sample of exactly the look-back's age still counts; so gaps are short.
 */
class PromtoolIT {

    private static final long MINUTE = 60_000;
    private static final int MINUTES = 30;
    private static final List<String> JOBS = List.of("a", "b", "c");
    private static final List<String> EXPRESSIONS = List.of(
            "load == 0",
            "load > 0",
            "sum by (job) (load) > 1",
            "absent(load{job=\"a\"})",
            "load{job=\"a\"} == 0 or load{job=\"b\"} == 1",
            "count(ALERTS{alertstate=\"firing\"}) > 1",
            "recorded > 1");

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore();
    private final StringBuilder test = new StringBuilder();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void promtoolFindsWhatIsFoundHere(long seed) throws IOException, InterruptedException {
        assumeTrue(run("promtool", "--version").startsWith("0 "), "there is no promtool: not compared with it");
        var random = new Random(seed);
        String rules = rules(random);
        Files.writeString(folder.resolve("rules.yaml"), rules);
        writeInput(random);
        writeExpectations(
                new RuleFiles(RuleFileOptions.DEFAULT).read("rules.yaml", rules).getFirst());
        Path file = Files.writeString(folder.resolve("test.yaml"), test);

        assertThat(run("promtool", "test", "rules", file.toString())).as(rules).startsWith("0 ");
        assertThat(new UnitTests(Features.STABLE, false, List.of()).run(file).passed())
                .isTrue();
    }

    private static String rules(Random random) {
        var text = new StringBuilder("groups:\n- name: g\n  rules:\n");
        text.append("  - record: recorded\n    expr: '")
                .append(one(
                        random, List.of("sum by (job) (load)", "load * 2", "sum(load)", "max_over_time(load[150s])")))
                .append("'\n    labels: {kind: derived}\n");
        for (int i = 0; i < 4; i++) {
            text.append("  - alert: A").append(i).append("\n    expr: '").append(one(random, EXPRESSIONS));
            text.append("'\n    for: ").append(one(random, List.of("0s", "1m", "90s", "3m")));
            text.append("\n    keep_firing_for: ").append(one(random, List.of("0s", "1m", "2m", "150s")));
            text.append("\n    labels: {job2: '{{ $labels.job }}', severity: '")
                    .append(one(random, List.of("page", "{{ if gt $value 0.5 }}high{{ end }}")))
                    .append("'}\n    annotations: {summary: '{{ $labels.job }} {{ $value | humanize }}'}\n");
        }
        return text.toString();
    }

    private void writeInput(Random random) {
        test.append("rule_files: [rules.yaml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        for (String job : JOBS) {
            Labels labels = Labels.of(Labels.NAME, "load", "job", job);
            test.append("  - series: 'load{job=\"").append(job).append("\"}'\n    values: '");
            int gap = 0;
            String item = "0";
            for (int minute = 0; minute < MINUTES; minute++) {
                item = gap == 3 || random.nextInt(4) == 0 ? one(random, List.of("0", "1", "2", "stale", "_")) : item;
                item = gap == 3 && item.equals("_") ? "1" : item;
                gap = item.equals("_") ? gap + 1 : 0;
                test.append(item).append(' ');
                if (gap == 0) {
                    double value = item.equals("stale") ? Samples.STALE : Double.parseDouble(item);
                    store.add(labels, minute * MINUTE, value);
                }
            }
            test.append("'\n");
        }
    }

    private void writeExpectations(RuleGroup group) {
        var evaluator = new GroupEvaluator(new Engine(EngineOptions.DEFAULT), External.NONE);
        var samples = new StringBuilder("  promql_expr_test:\n");
        test.append("  alert_rule_test:\n");
        GroupState state = GroupState.EMPTY;
        for (int minute = 0; minute < MINUTES; minute++) {
            Evaluation evaluation = evaluator.evaluate(group, state, store, minute * MINUTE);
            state = evaluation.state();
            assertThat(evaluation.results()).allMatch(result -> result.error().isEmpty());
            evaluation.samples().forEach(sample -> store.add(sample.labels(), sample.time(), sample.value()));
            for (String name : List.of("recorded", "ALERTS", "ALERTS_FOR_STATE")) {
                samples.append("  - {expr: ")
                        .append(name)
                        .append(", eval_time: ")
                        .append(minute);
                samples.append("m, exp_samples: ")
                        .append(expected(evaluation, name))
                        .append("}\n");
            }
            for (int i = 0; i < 4; i++) {
                test.append("  - {eval_time: ")
                        .append(minute)
                        .append("m, alertname: A")
                        .append(i);
                test.append(", exp_alerts: ")
                        .append(alerts(evaluation, "A" + i))
                        .append("}\n");
            }
        }
        test.append(samples);
    }

    private static String expected(Evaluation evaluation, String name) {
        return evaluation.samples().stream()
                .filter(sample -> sample.labels().get(Labels.NAME).equals(name))
                .filter(sample -> !Samples.isStale(sample.value()))
                .map(PromtoolIT::written)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String written(Value.Sample sample) {
        return "{labels: '" + sample.labels() + "', value: " + NumberText.plain(sample.value()) + "}";
    }

    private static String alerts(Evaluation evaluation, String name) {
        var alerts = new ArrayList<String>();
        evaluation.results().stream()
                .filter(result -> result.rule().name().equals(name))
                .flatMap(result -> result.alerts().stream())
                .filter(alert -> alert.state() == AlertState.FIRING)
                .forEach(alert -> alerts.add("{exp_labels: " + map(alert.labels()) + ", exp_annotations: "
                        + map(alert.annotations()) + "}"));
        return alerts.toString();
    }

    private static String map(Labels labels) {
        Map<String, String> texts = new TreeMap<>(labels.toMap());
        texts.remove("alertname");
        return texts.entrySet().stream()
                .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** The exit code, a blank, and what the program says; -1 if there is no such program. */
    private static String run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + output;
        } catch (IOException e) {
            return "-1 " + e.getMessage();
        }
    }
}
