package io.tributary.alerts.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prometheus's own good and bad rule files. */
class SharedRuleFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("tributary.root", ".."));
    private static final Path DATA = ROOT.resolve("../shared/data/rules");
    private static final Path RULEFMT = DATA.resolve("prometheus-rules/model/rulefmt/testdata");

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("duplicate_grp.bad.yaml", "groupname: \"yolo\" is repeated in the same file"),
            Map.entry("bad_expr.bad.yaml", "parse error"),
            Map.entry("record_and_alert.bad.yaml", "only one of 'record' and 'alert' must be set"),
            Map.entry("no_rec_alert.bad.yaml", "one of 'record' or 'alert' must be set"),
            Map.entry("noexpr.bad.yaml", "field 'expr' must be set in rule"),
            Map.entry(
                    "invalid_record_name.bad.yaml",
                    "braces present in the recording rule name; should it be in expr?: strawberry{flavor=\"sweet\"}"),
            Map.entry("bad_field.bad.yaml", "field annotation not found"),
            Map.entry("invalid_label_name.bad.yaml", "invalid label name"),
            Map.entry("record_and_for.bad.yaml", "invalid field 'for' in recording rule"),
            Map.entry("record_and_keep_firing_for.bad.yaml", "invalid field 'keep_firing_for' in recording rule"));

    @BeforeEach
    void needsTheFolder() {
        assumeThat(DATA).as("rule files beside the project").isDirectory();
    }

    @Test
    void badFilesAreRefusedInPrometheussWords() {
        REFUSED.forEach((file, reason) -> assertThatThrownBy(() -> read(RULEFMT.resolve(file)))
                .as(file)
                .isInstanceOf(RuleFileException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(file));
    }

    @Test
    void goodFilesBeyondAThresholdAreRefusedForThatReason() throws IOException {
        try (Stream<Path> files = Files.list(DATA.resolve("prometheus-rules/rules/fixtures"))) {
            for (Path file : files.filter(
                            each -> !each.endsWith("rules_multi_doc.yaml") && !each.endsWith("invalid_rules.yaml"))
                    .toList()) {
                assertThatThrownBy(() -> read(file))
                        .isInstanceOfSatisfying(
                                RuleFileException.class,
                                refused -> assertThat(refused.problems())
                                        .allSatisfy(problem -> assertThat(problem.reason())
                                                .containsAnyOf(
                                                        "only selector <comparison> number",
                                                        "recording rules are not")));
            }
        }
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThatThrownBy(() -> read(DATA.resolve("prometheus-rules/rules/fixtures/rules_multi_doc.yaml")))
                .hasMessageContaining("documents: 2 (expected: one YAML document)");
    }

    @Test
    void theKubernetesMixinIsRefusedRuleByRuleWithALineEach() {
        Path mixin = DATA.resolve("kubernetes-mixin/prometheus_alerts.yaml");
        assertThatThrownBy(() -> read(mixin)).isInstanceOfSatisfying(RuleFileException.class, refused -> {
            assertThat(refused.problems()).hasSizeGreaterThan(10);
            assertThat(refused.getMessage().lines()).hasSize(refused.problems().size());
            assertThat(refused.getMessage()).contains("rule 1 \"KubePodCrashLooping\"");
        });
    }

    private static void read(Path file) {
        RuleFiles.read(List.of(file.toString()), Duration.ofSeconds(15));
    }
}
