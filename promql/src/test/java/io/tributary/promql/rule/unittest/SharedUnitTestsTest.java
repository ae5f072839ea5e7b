package io.tributary.promql.rule.unittest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.Features;
import io.tributary.promql.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The unit-test files beside the project, with promtool's verdicts. */
class SharedUnitTestsTest {

    private static final String FOLDER = "rules/promtool-unittests/";

    @TestFactory
    List<DynamicTest> verdicts() throws IOException {
        Map<String, List<Map<String, Object>>> outcomes =
                new Yaml().load(Files.readString(SharedData.path(FOLDER + "expected-outcomes.yaml")));
        return outcomes.get("test_rules").stream()
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> {
                    FileResult result = tests(one).run(SharedData.path(FOLDER + one.get("file")));
                    assertThat(result.passed()).as(result.toString()).isEqualTo(one.get("pass"));
                }))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static UnitTests tests(Map<String, Object> one) {
        return new UnitTests(Features.STABLE, Boolean.TRUE.equals(one.get("ignore_unknown_fields")), (List<String>)
                one.getOrDefault("run_only_groups_matching", List.of()));
    }
}
