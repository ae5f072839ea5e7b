package io.tributary.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleFilesTest {
    private static final Duration STANDARD = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @Test
    void readsEveryFieldOfAlertingRules() throws IOException {
        write("one.yml", """
                groups:
                  - name: shop
                    interval: 1m30s
                    labels: {team: shop, severity: none}
                    rules:
                      - alert: Down
                        expr: up == 0
                        for: 5m
                        keep_firing_for: 10m
                        labels: {severity: 1, note: "{{ $labels.job }}"}
                        annotations: {summary: "at {{ $value }}"}
                      - alert: Full
                        expr: queue > 100
                """);
        write("two.yml", """
                groups: [{name: disks, rules: [{alert: Disk, expr: free < 1}]}]
                """);
        List<AlertingRule> rules = RuleFiles.read(List.of(folder + "/*.yml"), STANDARD);
        assertThat(rules).extracting(AlertingRule::name).containsExactly("Down", "Full", "Disk");
        AlertingRule down = rules.getFirst();
        assertThat(down.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(down.holdFor()).isEqualTo(Duration.ofMinutes(5));
        assertThat(down.keepFiringFor()).isEqualTo(Duration.ofMinutes(10));
        assertThat(down.alertLabels(Map.of("job", "cart", "host", "a", "none", ""), 0))
                .isEqualTo(Map.of(
                        "alertname",
                        "Down",
                        "job",
                        "cart",
                        "host",
                        "a",
                        "team",
                        "shop",
                        "severity",
                        "1",
                        "note",
                        "cart"));
        assertThat(down.alertAnnotations(Map.of(), 0)).isEqualTo(Map.of("summary", "at 0"));
        assertThat(rules.getLast().interval()).isEqualTo(STANDARD);
    }

    @Test
    void allProblemsOfAllFilesAreToldAtOnceALineEach() throws IOException {
        write("a.yml", """
                groups:
                  - name: g1
                    rules:
                      - {alert: A, expr: "rate(x[5m]) > 1"}
                      - {alert: B, expr: "up == 0", for: soon}
                """);
        write("b.yml", "groups: [{rules: [{alert: C, expr: up == 0, labels: {x: '{{ $oops }}'}}]}]");
        assertThatThrownBy(() -> RuleFiles.read(List.of(folder + "/*.yml"), STANDARD))
                .isInstanceOf(RuleFileException.class)
                .extracting(
                        refused -> refused.getMessage().lines().toList(),
                        org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(folder.resolve("a.yml")
                                        + ": group \"g1\": rule 1 \"A\": expr: parse error: 1:5:"),
                        line -> assertThat(line)
                                .endsWith(
                                        "rule 2 \"B\": for: not a valid duration: \"soon\" (expected: such as 1h30m)"),
                        line -> assertThat(line).endsWith("b.yml: Groupname must not be empty"),
                        line -> assertThat(line)
                                .contains("b.yml: rule 1 \"C\": label \"x\": template action {{ $oops }}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            groups: [{name: g, limit: 3}]                                             | limit is not evaluated
            groups: [{name: g, query_offset: 1m}]                                     | query_offset is not evaluated
            groups: [{name: g, interval: 1x}]                                         | interval: not a valid duration
            groups: [{name: g, more: 1}]                                              | field more not found
            groups: {}                                                                | groups: not a list
            group: []                                                                 | field group not found
            groups: [{name: g, rules: [{record: r, expr: up, annotations: {a: b}}]}]  | invalid field 'annotations' in recording rule
            groups: [{name: g, rules: [{record: r, expr: up == 0}]}]                  | recording rules are not evaluated
            groups: [{name: g, name: h}]                                              | found duplicate key name
            groups: [                                                                 | no valid YAML
            """)
    void refuses(String yaml, String reason) throws IOException {
        write("bad.yml", yaml);
        assertThatThrownBy(() -> RuleFiles.read(List.of(folder + "/bad.yml"), STANDARD))
                .hasMessageContaining(reason);
    }

    @Test
    void aFileThatIsNotThereIsAProblemAndAPatternWithoutFilesIsNot() {
        assertThat(RuleFiles.read(List.of(folder + "/*.yaml"), STANDARD)).isEmpty();
        assertThatThrownBy(() -> RuleFiles.read(List.of(folder + "/none.yml"), STANDARD))
                .hasMessageContaining("none.yml: cannot be read");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
