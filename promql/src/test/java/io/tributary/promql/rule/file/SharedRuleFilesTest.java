package io.tributary.promql.rule.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.promql.Features;
import io.tributary.promql.SharedData;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.rule.Rule;
import io.tributary.promql.rule.RuleGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The rule files beside the project, with the verdicts that Prometheus gives on them. */
class SharedRuleFilesTest {

    private static final String RULEFMT = "rules/prometheus-rules/model/rulefmt/testdata/";

    @TestFactory
    List<DynamicTest> badFilesAreRefusedWithTheirReason() throws IOException {
        return list("rulefmt_invalid").stream()
                .map(one -> DynamicTest.dynamicTest(
                        (String) one.get("file"),
                        () -> assertThatThrownBy(() -> read(RULEFMT + one.get("file"), options(one)))
                                .isInstanceOf(RuleFileException.class)
                                .hasMessageContaining((String) one.get("error_contains"))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> goodFilesAreRead() throws IOException {
        return ((List<?>) expected().get("rulefmt_valid"))
                .stream()
                        .<Map<?, ?>>map(one -> one instanceof Map<?, ?> map ? map : Map.of("file", one))
                        .map(one -> DynamicTest.dynamicTest(
                                (String) one.get("file"),
                                () -> assertThat(read(RULEFMT + one.get("file"), options(one)))
                                        .isNotEmpty()))
                        .toList();
    }

    @TestFactory
    List<DynamicTest> fixturesAreReadOrRefused() throws IOException {
        Map<?, ?> outcomes = (Map<?, ?>) expected().get("rules_fixtures");
        try (Stream<Path> files = Files.list(SharedData.path("rules/prometheus-rules/rules/fixtures"))) {
            return files.sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        Object outcome = outcomes.get(file.getFileName().toString());
                        if (outcome == null) {
                            assertThat(reader().read(List.of(file))).isNotEmpty();
                        } else {
                            assertThatThrownBy(() -> reader().read(List.of(file)))
                                    .isInstanceOf(RuleFileException.class);
                        }
                    }))
                    .toList();
        }
    }

    @TestFactory
    List<DynamicTest> templatesAreCheckedWithTheFile() throws IOException {
        return list("inline_template_checks").stream()
                .map(one -> DynamicTest.dynamicTest("valid: " + one.get("valid"), () -> {
                    if ((Boolean) one.get("valid")) {
                        assertThat(reader().read("inline", (String) one.get("rules")))
                                .hasSize(1);
                    } else {
                        assertThatThrownBy(() -> reader().read("inline", (String) one.get("rules")))
                                .isInstanceOf(RuleFileException.class)
                                .hasMessageContaining("\"InstanceDown\"");
                    }
                }))
                .toList();
    }

    @Test
    void readsTheRulesOfTheKubernetesMixin() {
        List<RuleGroup> groups = reader().read(List.of(
                SharedData.path("rules/kubernetes-mixin/prometheus_alerts.yaml"),
                SharedData.path("rules/kubernetes-mixin/prometheus_rules.yaml")));

        List<Rule> rules =
                groups.stream().flatMap(group -> group.rules().stream()).toList();
        assertThat(rules).hasSize(136);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(Parser.parse(rule.expr().toString(), Features.STABLE))
                        .isEqualTo(rule.expr()));
    }

    @Test
    void readsThousandsOfRules() {
        assertThat(reader().read(List.of(SharedData.path("rules/promtool-unittests/rules_large.yml")))
                        .getFirst()
                        .rules())
                .hasSizeGreaterThan(5_000);
    }

    @TestFactory
    List<DynamicTest> promtoolChecks() throws IOException {
        Map<String, List<Map<String, Object>>> outcomes =
                new Yaml().load(Files.readString(SharedData.path("rules/promtool-unittests/expected-outcomes.yaml")));
        return outcomes.get("check_rules").stream()
                .map(one -> DynamicTest.dynamicTest((String) one.get("file"), () -> {
                    String file = "rules/promtool-unittests/" + one.get("file");
                    if (Boolean.FALSE.equals(one.get("pass"))) {
                        assertThatThrownBy(() -> read(file, RuleFileOptions.DEFAULT))
                                .isInstanceOf(RuleFileException.class);
                        return;
                    }
                    List<RuleGroup> groups = read(file, RuleFileOptions.DEFAULT.withFeatures(Features.ALL));
                    assertThat(groups).isNotEmpty();
                    if (one.get("duplicates") instanceof List<?> duplicates) {
                        assertThat(DuplicateRules.of(groups).stream().map(Rule::key))
                                .isEqualTo(duplicates);
                    }
                }))
                .toList();
    }

    private static RuleFiles reader() {
        return new RuleFiles(RuleFileOptions.DEFAULT);
    }

    private static RuleFileOptions options(Map<?, ?> one) {
        return RuleFileOptions.DEFAULT.withLegacyNames("legacy".equals(one.get("validation")));
    }

    private static List<RuleGroup> read(String file, RuleFileOptions options) {
        return new RuleFiles(options).read(List.of(SharedData.path(file)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(String key) throws IOException {
        return (List<Map<String, Object>>) expected().get(key);
    }

    private static Map<String, Object> expected() throws IOException {
        return new Yaml().load(Files.readString(SharedData.path("rules/prometheus-rules/expected-outcomes.yaml")));
    }
}
