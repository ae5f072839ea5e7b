package io.tributary.promql.rule.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitTestsTest {

    @TempDir
    private Path folder;

    @Test
    void groupsAreEvaluatedInTheOrderThatIsTold() throws IOException {
        rules("""
                groups:
                - name: later
                  rules: [{record: b, expr: a * 2}]
                - name: earlier
                  rules: [{record: a, expr: vector(1)}]
                """);
        String test = """
                rule_files: [rules.yaml]
                group_eval_order: [%s]
                tests:
                - promql_expr_test: [{expr: b, eval_time: 0, exp_samples: [{labels: b, value: 2}]}]
                """;

        assertThat(run(test.formatted("earlier, later")).passed()).isTrue();
        assertThat(run(test.formatted("later, earlier")).passed()).isFalse();
        assertThat(run(test.formatted("later, later")).problems())
                .singleElement()
                .asString()
                .contains("group name repeated in evaluation order: later");
    }

    @Test
    void templatesKnowWhatTheServiceIsCalledOutside() throws IOException {
        rules("""
                groups:
                - name: g
                  rules:
                  - alert: A
                    expr: vector(1)
                    annotations: {where: '{{ $externalLabels.region }} {{ externalURL }} {{ pathPrefix }}'}
                """);

        assertThat(run("""
                                rule_files: ['*.yaml']
                                tests:
                                - external_labels: {region: north}
                                  external_url: http://example.org/prom
                                  alert_rule_test:
                                  - eval_time: 0
                                    alertname: A
                                    exp_alerts: [{exp_annotations: {where: north http://example.org/prom /prom}}]
                                """).tests()).containsExactly(new TestResult("unnamed#0", List.of()));
    }

    @Test
    void anAlertIsLookedAtAsOfTheEvaluationBefore() throws IOException {
        rules("""
                groups:
                - name: g
                  rules: [{alert: A, expr: 'load > 1', for: 2m}]
                """);

        assertThat(run("""
                                rule_files: [rules.yaml]
                                tests:
                                - input_series: [{series: load, values: 2x5}]
                                  alert_rule_test:
                                  - {eval_time: 1m59s, alertname: A}
                                  - {eval_time: 2m, alertname: A, exp_alerts: [{}]}
                                  - {eval_time: 2m59s, alertname: A, exp_alerts: [{}]}
                                """).passed()).isTrue();
    }

    @Test
    void timeBeginsWhereItIsTold() throws IOException {
        rules("""
                groups:
                - name: g
                  rules: [{alert: A, expr: 'load > 1', annotations: {at: '{{ query "load" | first | value }}'}}]
                """);

        assertThat(run("""
                                rule_files: [rules.yaml]
                                tests:
                                - start_timestamp: 2024-01-01T00:00:00.5Z
                                  input_series: [{series: load, values: 1+1x5}]
                                  promql_expr_test:
                                  - {expr: ALERTS_FOR_STATE, eval_time: 2m, exp_samples: [{labels: 'ALERTS_FOR_STATE{alertname="A"}', value: 1704067260}]}
                                  - {expr: timestamp(load), eval_time: 90s, exp_samples: [{value: 1704067260.5}]}
                                  alert_rule_test:
                                  - {eval_time: 3m, alertname: A, exp_alerts: [{exp_annotations: {at: 4}}]}
                                """).tests()).containsExactly(new TestResult("unnamed#0", List.of()));
    }

    @Test
    void aRuleThatContradictsItsInputFails() throws IOException {
        rules("""
                groups:
                - name: g
                  rules: [{record: a, expr: vector(1)}]
                """);
        String test = """
                rule_files: [rules.yaml]
                tests:
                - input_series: [{series: a, values: %s}]
                  promql_expr_test: [{expr: a, eval_time: 2m, exp_samples: [{labels: a, value: 1}]}]
                """;

        assertThat(run(test.formatted("1x2")).passed()).isTrue();
        assertThat(run(test.formatted("1 1 2")).tests().getFirst().failures())
                .containsExactly("    rule: a, time: 2m, err: duplicate sample for timestamp: the input has another");
    }

    @Test
    void histogramsAreComparedWhole() throws IOException {
        String test = """
                tests:
                - input_series: [{series: h, values: '{{schema:0 sum:5 count:4 buckets:[1 2 1]}}'}]
                  promql_expr_test: [{expr: h, eval_time: 0, exp_samples: [{labels: h, histogram: '%s'}]}]
                """;

        assertThat(run(test.formatted("{{schema:0 sum:5 count:4 buckets:[1 2 1]}}"))
                        .passed())
                .isTrue();
        assertThat(run(test.formatted("{{schema:0 sum:5 count:4 buckets:[1 1 2]}}"))
                        .passed())
                .isFalse();
        assertThat(run(test.formatted("5")).tests().getFirst().failures())
                .singleElement()
                .asString()
                .contains("(expected: one native histogram)");
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        FileResult result = run("""
                rule_files: ['none-*.yaml']
                tests:
                - alert_rule_test: [{eval_time: 5m}]
                - input_series: [{series: a, values: 1+}]
                - promql_expr_test: [{expr: 'sum(', eval_time: 0}, {expr: 'a[5m]', eval_time: 0}]
                """);

        assertThat(result.warnings()).containsExactly("no file match pattern none-*.yaml");
        assertThat(result.tests()).extracting(TestResult::passed).containsOnly(false);
        assertThat(result.tests().getFirst().failures())
                .containsExactly("an item under alert_rule_test misses required attribute alertname at eval_time 5m");
        assertThat(result.tests().getLast().failures())
                .hasSize(2)
                .last()
                .asString()
                .endsWith("err: rule result is not a vector or scalar");
        assertThat(result.failed()).isEqualTo(3);
    }

    @Test
    void aFileThatIsMissingFails() {
        FileResult result = new UnitTests(Features.STABLE, false, List.of()).run(Path.of("missing.yml"));

        assertThat(result.problems()).containsExactly("missing.yml: no such file");
        assertThat(result.failed()).isEqualTo(1);
    }

    private void rules(String text) throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), text);
    }

    private FileResult run(String text) throws IOException {
        return new UnitTests(Features.STABLE, false, List.of())
                .run(Files.writeString(folder.resolve("test.yml"), text));
    }
}
