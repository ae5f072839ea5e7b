package io.tributary.promql.rule.unittest;

import io.tributary.promql.Durations;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.AlertState;
import io.tributary.promql.rule.evaluation.Evaluation;
import io.tributary.promql.rule.unittest.UnitTestFile.AlertTest;
import io.tributary.promql.rule.unittest.UnitTestFile.TestGroup;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares alerts that fire with those that are expected to. */
record AlertChecks(TestGroup test) {

    private record Fired(Labels labels, Labels annotations) {

        private static final Comparator<Fired> ORDER =
                Comparator.comparing(Fired::labels).thenComparing(Fired::annotations);

        @Override
        public String toString() {
            return "\n            Labels:" + labels + "\n            Annotations:" + annotations;
        }
    }

    /** What is wrong with an evaluation, of which tests count that are due until the next one. */
    List<String> failures(List<Evaluation> evaluations, long time, long interval) {
        return test.alertTests().stream()
                .filter(one -> {
                    long due = test.start() + one.evalTime().toMillis();
                    return time <= due && due < time + interval;
                })
                .sorted(Comparator.comparing(AlertTest::evalTime))
                .flatMap(one -> {
                    List<Fired> expected = expected(one);
                    List<Fired> got = fired(evaluations, one.alertName());
                    return expected.equals(got) ? Stream.empty() : Stream.of(failure(one, expected, got));
                })
                .toList();
    }

    private static List<Fired> expected(AlertTest one) {
        return one.alerts().stream()
                .map(alert -> {
                    var labels = new TreeMap<>(alert.labels());
                    labels.put("alertname", one.alertName());
                    return new Fired(Labels.of(labels), Labels.of(alert.annotations()));
                })
                .sorted(Fired.ORDER)
                .toList();
    }

    private static List<Fired> fired(List<Evaluation> evaluations, String name) {
        return evaluations.stream()
                .flatMap(evaluation -> evaluation.results().stream())
                .filter(result -> result.rule().name().equals(name))
                .flatMap(result -> result.alerts().stream())
                .filter(alert -> alert.state() == AlertState.FIRING)
                .map(alert -> new Fired(alert.labels(), alert.annotations()))
                .sorted(Fired.ORDER)
                .toList();
    }

    private static String failure(AlertTest one, List<Fired> expected, List<Fired> got) {
        return "    alertname: " + one.alertName() + ", time: "
                + Durations.format(one.evalTime().toMillis())
                + ",\n        exp:" + listed(expected) + ",\n        got:" + listed(got);
    }

    private static String listed(List<Fired> alerts) {
        return alerts.stream().map(Fired::toString).collect(Collectors.joining(",", "[", "\n        ]"));
    }
}
