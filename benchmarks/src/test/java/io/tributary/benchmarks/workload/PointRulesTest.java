package io.tributary.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.series.PointSamples;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointRulesTest {
    private final RuleSet rules = RuleSet.of(
            new RuleFiles(RuleFileOptions.DEFAULT).read("rules.yml", PointRules.file()), EngineOptions.DEFAULT);

    @Test
    void eachPointIsWantedByOneGroup() {
        Topics topics = Topics.of("b.", new SchemaRegistry("mock://rules"));
        var points = Workloads.from(Instant.now(), topics).points(5000, Duration.ofSeconds(15));
        List<MetricPoint> made = new ArrayList<>();
        points.messages(2, (key, value) -> made.add(points.topic().decodeValue(value)));

        assertThat(made)
                .hasSize(Workloads.MANY)
                .allSatisfy(point -> assertThat(PointSamples.of(point))
                        .singleElement()
                        .satisfies(sample ->
                                assertThat(rules.wantedBy(sample.labels())).hasSize(1)));
    }

    @Test
    void eachGroupIsSplit() {
        assertThat(rules.groups()).allMatch(GroupPlan::isSplit);
        assertThat(rules.groups().stream()
                        .mapToInt(group -> group.group().rules().size())
                        .sum())
                .isEqualTo(PointRules.COUNT);
    }
}
