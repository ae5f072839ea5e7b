package io.tributary.alerts.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupPlanTest {
    private static final long LOOK_BACK = 300_000;

    @Test
    void aGroupIsSplitByWhatAllItsRulesKeep() {
        assertThat(plan("""
                - {record: "a:b", expr: "sum by (job, zone) (rate(x[5m]))"}
                - {alert: A, expr: "max by (job) (a:b) > 5"}
                """).split()).hasToString("by (job)");
        assertThat(plan("""
                - {record: "a:b", expr: "sum by (job) (x)"}
                - {alert: A, expr: "sum by (zone) (x) > 5"}
                """).isSplit()).isFalse();
    }

    @Test
    void aLabelThatARuleSetsSplitsNothing() {
        assertThat(plan("""
                - {alert: A, expr: "sum by (job, severity) (x) > 5", labels: {severity: page}}
                """).split()).hasToString("by (job)");
    }

    @Test
    void aLimitAndAQueryInATemplateSpeakOfAllSeries() {
        assertThat(plan("- {alert: A, expr: 'x > 5'}\n", "    limit: 3\n").isSplit())
                .isFalse();
        GroupPlan plan = plan("""
                - alert: A
                  expr: x > 5
                  annotations:
                    one: '{{ with query "up{job=\\"a\\"}" }}{{ . | first | value }}{{ end }}'
                    two: '{{ printf "sum(rate(y{host=%q,zone=\\"z\\"}[10m]))" .Labels.host | query | first | value }}'
                """);
        assertThat(plan.isSplit()).isFalse();
        assertThat(plan.rules().getFirst().queries())
                .extracting(selection -> selection.matchers() + " " + selection.back())
                .containsExactly(
                        "[__name__=\"up\", job=\"a\"] " + LOOK_BACK,
                        "[__name__=\"y\", zone=\"z\"] " + (LOOK_BACK + 600_000));
    }

    @Test
    void samplesAreKeptForTheLongestReach() {
        assertThat(plan("- {record: a, expr: 'x'}\n").back()).isEqualTo(LOOK_BACK);
        assertThat(plan("- {record: a, expr: 'rate(x[1h] offset 10m)'}\n", "    query_offset: 1m\n")
                        .back())
                .isEqualTo(LOOK_BACK + 71 * 60_000);
        assertThat(plan("- {record: a, expr: 'max_over_time(rate(x[5m])[1h:1m] offset 1h)'}\n")
                        .back())
                .isEqualTo(LOOK_BACK + 125 * 60_000);
        assertThat(plan("- {record: a, expr: 'x offset -10m'}\n").back()).isEqualTo(LOOK_BACK);
    }

    @Test
    void seriesOfACellBelongToOnePlace() {
        GroupPlan plan = plan("- {record: a, expr: 'sum by (job) (x)'}\n");
        int place = plan.place("default", Labels.of("__name__", "x", "job", "a", "host", "1"));
        assertThat(plan.place("default", Labels.of("__name__", "y", "job", "a", "host", "2")))
                .isEqualTo(place);
        assertThat(plan.place("default", Labels.of("__name__", "x", "job", "b")))
                .isNotEqualTo(place);
        assertThat(plan.place("other", Labels.of("__name__", "x", "job", "a"))).isNotEqualTo(place);
    }

    @Test
    void instantsAreAnIntervalApart() {
        Instants instants = Instants.of("/etc/rules.yml", "shop", Duration.ofSeconds(15));
        assertThat(instants.offset()).as("as Prometheus has it").isEqualTo(5_485);
        assertThat(instants.after(1_700_000_000_000L) % 15_000).isEqualTo(instants.offset());
        assertThat(instants.after(instants.after(1_700_000_000_000L)))
                .isEqualTo(instants.after(1_700_000_000_000L) + 15_000);
    }

    private static GroupPlan plan(String rules) {
        return plan(rules, "");
    }

    private static GroupPlan plan(String rules, String more) {
        String text = "groups:\n  - name: g\n" + more + "    rules:\n" + rules.indent(6);
        return GroupPlan.of(
                new RuleFiles(RuleFileOptions.DEFAULT).read("f.yml", text).getFirst(), EngineOptions.DEFAULT);
    }
}
