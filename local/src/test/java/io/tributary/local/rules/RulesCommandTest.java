package io.tributary.local.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Context;
import io.tributary.local.Home;
import io.tributary.local.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {

    private static final String RULES = """
            groups:
            - name: shop
              rules:
              - record: job:orders:rate5m
                expr: sum by (job) (rate(orders_total[5m]))
              - alert: NoOrders
                expr: job:orders:rate5m == 0
                for: 5m
                annotations: {summary: "{{ $labels.job }} sells nothing"}
            """;

    private static final String TESTS = """
            rule_files: [rules.yaml]
            tests:
            - name: sells nothing
              input_series:
              - series: orders_total{job="web"}
                values: 0x20
              alert_rule_test:
              - eval_time: 10m
                alertname: NoOrders
                exp_alerts:
                - exp_labels: {job: web}
                  exp_annotations: {summary: web sells nothing}
            - name: sells
              input_series:
              - series: orders_total{job="web"}
                values: 0+60x20
              promql_expr_test:
              - expr: job:orders:rate5m
                eval_time: 10m
                exp_samples:
                - labels: job:orders:rate5m{job="web"}
                  value: 1
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void soundFilesPass() throws IOException {
        assertThat(run("check", file("rules.yaml", RULES))).isZero();

        assertThat(lines()).contains("  SUCCESS: 2 rules found");
        assertThat(lines()).last().isEqualTo("1 passed, 0 failed");
    }

    @Test
    void allThatIsWrongWithAllFilesIsTold() throws IOException {
        String good = file("good.yaml", RULES);
        String bad = file("bad.yaml", RULES.replace("for: 5m", "four: 5m").replace("sum by", "sun by"));

        assertThat(run("check", good, bad, folder.resolve("missing.yaml").toString()))
                .isEqualTo(1);

        assertThat(lines())
                .anyMatch(line ->
                        line.contains("bad.yaml:8:5: group \"shop\", rule 2, \"NoOrders\": field four not found"))
                .anyMatch(
                        line -> line.contains("bad.yaml:5:11: group \"shop\", rule 1") && line.contains("parse error"))
                .anyMatch(line -> line.contains("missing.yaml: no such file"));
        assertThat(lines()).last().isEqualTo("1 passed, 2 failed");
    }

    @Test
    void repeatedRulesAreRemarkedOnAndFatalOnlyIfSo() throws IOException {
        String file = file(
                "rules.yaml",
                RULES
                        + RULES.lines()
                                .skip(1)
                                .map(line -> line + "\n")
                                .reduce("", String::concat)
                                .replace("name: shop", "name: again"));

        assertThat(run("check", file)).isZero();
        assertThat(lines()).anyMatch(line -> line.contains("repeated: job:orders:rate5m{}"));
        assertThat(run("check", "--lint-fatal", file)).isEqualTo(3);
    }

    @Test
    void experimentalPartsAreNamedOrRefused() throws IOException {
        String file = file("rules.yaml", RULES.replace("[5m]", "[2m + 3m]"));

        assertThat(run("check", file)).isZero();
        assertThat(lines()).anyMatch(line -> line.endsWith("need promql-duration-expr"));
        assertThat(run("check", "--enable-feature", "promql-duration-expr", file))
                .isZero();
        assertThat(run("check", "--enable-feature", "promql-experimental-functions", file))
                .isEqualTo(1);
        assertThat(run("check", "--enable-feature", "time-travel", file)).isEqualTo(2);
    }

    @Test
    void unitTestsPassAndFail() throws IOException {
        file("rules.yaml", RULES);
        String tests = file("tests.yaml", TESTS.replace("value: 1", "value: 2"));

        assertThat(run("test", tests)).isEqualTo(1);

        assertThat(lines())
                .contains("    name: sells")
                .anyMatch(line -> line.contains("expr: \"job:orders:rate5m\", time: 10m"))
                .anyMatch(line -> line.contains("exp: {__name__=\"job:orders:rate5m\", job=\"web\"} 2"))
                .anyMatch(line -> line.contains("got: {__name__=\"job:orders:rate5m\", job=\"web\"} 1"));
        assertThat(lines()).last().isEqualTo("1 passed, 1 failed");
    }

    @Test
    void onlySelectedTestsRun() throws IOException {
        file("rules.yaml", RULES);
        String tests = file("tests.yaml", TESTS.replace("value: 1", "value: 2"));

        assertThat(run("test", "--run", "nothing$", tests)).isZero();
        assertThat(lines()).last().isEqualTo("1 passed, 0 failed");
        assertThat(run("test", "--run", "nothing$", "--run", "^sells$", tests)).isEqualTo(1);
        assertThat(run("test", "--run", "(", tests)).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoTestIsAFailure() throws IOException {
        assertThat(run("test", file("tests.yaml", "tests:\n- nmae: x\n"), file("none.yaml", "tests: []\n")))
                .isEqualTo(1);

        assertThat(lines()).anyMatch(line -> line.contains("tests.yaml:2:3: field nmae not found"));
        assertThat(lines()).last().isEqualTo("0 passed, 1 failed");
    }

    @Test
    void withoutAWordOrAFileThereIsNothingToDo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("check")).isEqualTo(2);
        assertThat(run("test")).isEqualTo(2);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... arguments) {
        out.reset();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var context = new Context(Home.of(folder, Map.of()), Map.of(), new Console(stream, stream, false));
        return RulesCommand.in(context).execute(arguments);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
