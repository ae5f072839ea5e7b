package io.tributary.promql.rule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.RecordingRule;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleFilesTest {

    private final RuleFiles files = new RuleFiles(
            RuleFileOptions.DEFAULT.withInterval(Duration.ofSeconds(15)).withQueryOffset(Duration.ofSeconds(30)));

    @Test
    void everyFieldIsRead() {
        RuleGroup group = files.read("all.yaml", """
                        groups:
                        - name: all
                          interval: 1m30s
                          query_offset: 0s
                          limit: 10
                          labels: {team: a, tier: 1}
                          rules:
                          - alert: High
                            expr: load > 2
                            for: 5m
                            keep_firing_for: 90s
                            labels: {tier: 2, empty: }
                            annotations: {summary: 'at {{ $value }}'}
                          - record: load:sum
                            expr: sum(load)
                        """).getFirst();

        assertThat(group.key()).isEqualTo("all.yaml;all");
        assertThat(group.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(group.queryOffset()).isEqualTo(Duration.ZERO);
        assertThat(group.limit()).isEqualTo(10);
        assertThat(group.labels()).isEqualTo(Map.of("team", "a", "tier", "1"));
        assertThat(group.rules().getFirst()).isInstanceOfSatisfying(AlertingRule.class, rule -> {
            assertThat(rule.name()).isEqualTo("High");
            assertThat(rule.expr()).hasToString("load > 2");
            assertThat(rule.holdFor()).isEqualTo(Duration.ofMinutes(5));
            assertThat(rule.keepFiringFor()).isEqualTo(Duration.ofSeconds(90));
            assertThat(rule.labels()).isEqualTo(Map.of("team", "a", "tier", "2", "empty", ""));
            assertThat(rule.annotations()).isEqualTo(Map.of("summary", "at {{ $value }}"));
        });
        assertThat(group.rules().getLast())
                .isInstanceOfSatisfying(
                        RecordingRule.class,
                        rule -> assertThat(rule.labels()).isEqualTo(Map.of("team", "a", "tier", "1")));
    }

    @Test
    void whatIsNotSaidIsAsTheOptionsHaveIt() {
        RuleGroup group = files.read("short.yaml", "groups:\n- name: short\n").getFirst();

        assertThat(group.interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(group.queryOffset()).isEqualTo(Duration.ofSeconds(30));
        assertThat(group.limit()).isZero();
        assertThat(group.rules()).isEmpty();
    }

    @Test
    void aFileMayBeEmpty() {
        for (String text : List.of("", "# nothing\n", "{}", "groups:\n", "groups: []\n")) {
            assertThat(files.read("empty.yaml", text)).isEmpty();
        }
    }

    @Test
    void mergedMapsGiveWhatTheRuleDoesNotSay() {
        List<Rule> rules = files.read("merged.yaml", """
                        groups:
                        - name: merged
                          rules:
                          - &base {alert: One, expr: up == 0, for: 1m}
                          - <<: *base
                            alert: Two
                          - <<: [{alert: Three}, *base]
                            expr: up == 1
                        """).getFirst().rules();

        assertThat(rules).extracting(Rule::name).containsExactly("One", "Two", "Three");
        assertThat(rules).extracting(rule -> rule.expr().toString()).containsExactly("up == 0", "up == 0", "up == 1");
        assertThat(rules).extracting(rule -> ((AlertingRule) rule).holdFor()).containsOnly(Duration.ofMinutes(1));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithItsPlace() {
        String text = """
                groups:
                - name: first
                  interval: soon
                  limit: many
                  colour: red
                  rules:
                  - record: 'sum{}'
                    expr: sum(
                    for: 1m
                  - alert: A
                    alert: B
                    expr: up ==
                      bool
                    labels: {__name__: x}
                    annotations: {summary: '{{ .Nothing | }}'}
                  - expr: up
                    labels: [a]
                - name: first
                - rules: {}
                top: level
                """;

        assertThat(String.join("\n", problems(text)) + "\n").isEqualTo("""
                        wrong.yaml:3:13: group "first": not a valid duration string: "soon"
                        wrong.yaml:4:10: group "first": cannot read many (expected: a whole number)
                        wrong.yaml:5:3: group "first": field colour not found (expected: name, interval, query_offset, limit, labels, rules)
                        wrong.yaml:7:13: group "first", rule 1, "sum{}": braces present in the recording rule name; should it be in expr?: sum{}
                        wrong.yaml:8:11: group "first", rule 1, "sum{}": could not parse expression: 1:5: parse error: unclosed left parenthesis
                        wrong.yaml:9:10: group "first", rule 1, "sum{}": invalid field 'for' in recording rule
                        wrong.yaml:11:5: group "first", rule 2, "": mapping key "alert" already defined at line 10
                        wrong.yaml:12:11: group "first", rule 2, "B": could not parse expression: 1:11: parse error: unexpected end of input
                        wrong.yaml:14:13: group "first", rule 2, "B": invalid label name: __name__
                        wrong.yaml:15:18: group "first", rule 2, "B": annotation "summary": template: __alert_B:1: missing value for command
                        wrong.yaml:16:5: group "first", rule 3, "": one of 'record' or 'alert' must be set
                        wrong.yaml:17:13: group "first", rule 3, "": cannot read a list (expected: a map)
                        wrong.yaml:18:3: group "first": groupname: "first" is repeated in the same file
                        wrong.yaml:19:3: group "": Groupname must not be empty
                        wrong.yaml:19:10: group "": cannot read a map (expected: a list)
                        wrong.yaml:20:1: field top not found (expected: groups)
                        """);
    }

    @Test
    void aDocumentThatIsNoYamlIsOneProblem() {
        assertThat(problems("groups: [")).singleElement().asString().startsWith("wrong.yaml:1:10: yaml: ");
        assertThat(problems("groups: []\n---\ngroups: []\n"))
                .singleElement()
                .asString()
                .contains("single document");
        assertThat(problems("just text")).containsExactly("wrong.yaml:1:1: cannot read just text (expected: a map)");
    }

    @Test
    void theProblemsOfAllFilesAreSaid() {
        var refused = catchThrowableOfType(
                RuleFileException.class,
                () -> files.read(List.of(Path.of("missing-1.yaml"), Path.of("missing-2.yaml"))));

        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactly("missing-1.yaml: no such file", "missing-2.yaml: no such file");
    }

    @Test
    void unknownFieldsMayBePassedOver() {
        String text = "groups:\n- name: g\n  owner: me\n  rules:\n  - {record: a, expr: b, note: c}\nmore: true\n";

        assertThat(problems(text)).hasSize(3);
        assertThat(new RuleFiles(RuleFileOptions.DEFAULT.withIgnoreUnknownFields(true)).read("f", text))
                .singleElement()
                .satisfies(group -> assertThat(group.rules()).hasSize(1));
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(RuleFileException.class, () -> files.read("wrong.yaml", text)).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
