package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a rule's alerts when another expression is put in its place. Times are as in {@link ShardDriver}. */
class ChangedRuleTest {
    private final ShardDriver shard = new ShardDriver();

    @ParameterizedTest
    @CsvSource({"sum by (zone) (load) > 5,false", "sum by (zone) (load) > 5,true", "other > 5,false", "other > 5,true"})
    void whatTheNewExpressionDoesNotGiveIsResolved(String expr, boolean restarted) {
        shard.start("{alert: High, expr: sum by (host) (load) > 5}");
        shard.load(1, "a", "z", 9);
        shard.bothAt(10);
        assertThat(shard.alerts()).containsExactly("High a firing since 10");
        shard.rulesAre("{alert: High, expr: " + expr + "}");
        takeOver(restarted);
        shard.bothAt(20);
        assertThat(shard.alerts()).contains("High a resolved at 20");
        shard.alerts().clear();
        shard.bothAt(200);
        assertThat(shard.alerts()).noneMatch(alert -> alert.startsWith("High a"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void alsoWhenItIsToFireOnForAWhile(boolean restarted) {
        shard.start("{alert: High, expr: sum by (host) (load) > 5, keep_firing_for: 40s}");
        shard.load(1, "a", "z", 9);
        shard.bothAt(10);
        shard.rulesAre("{alert: High, expr: sum by (zone) (load) > 5, keep_firing_for: 40s}");
        takeOver(restarted);
        shard.bothAt(30);
        takeOver(restarted);
        shard.bothAt(50);
        assertThat(shard.alerts()).noneMatch(alert -> alert.contains("resolved"));
        shard.bothAt(60);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 60");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void alsoWhenItsSeriesWereSilentAlready(boolean restarted) {
        shard.start("{alert: High, expr: sum by (host) (load) > 5}");
        shard.load(1, "a", "z", 9);
        shard.bothAt(310);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.rulesAre("{alert: High, expr: sum by (zone) (load) > 5}");
        takeOver(restarted);
        shard.bothAt(320);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 320");
    }

    /** As when a threshold is raised: the alert is made of the same series, which may as well be above it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void silenceIsNotResolvedByAnotherConditionOnTheSameSeries(boolean restarted) {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.rulesAre("{alert: High, expr: 'avg_over_time(load[2m]) > 6'}");
        takeOver(restarted);
        shard.alerts().clear();
        shard.bothAt(330);
        assertThat(shard.alerts()).isNotEmpty().allMatch("High a firing since 10 no data since 310"::equals);
    }

    @Test
    void whatTheNewExpressionGivesTooIsItsOwnFromThenOn() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(10);
        shard.rulesAre("{alert: High, expr: load > 5 unless on (host) muted}");
        shard.refresh();
        shard.bothAt(310);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
    }

    /** Rules may have the same name and labels: one that is added says nothing of the others. */
    @Test
    void silenceIsNotResolvedByAnotherRuleOfTheSameName() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.rulesAre("{alert: High, expr: load > 5}", "{alert: High, expr: other > 5}");
        shard.refresh();
        shard.bothAt(330);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
    }

    private void takeOver(boolean restarted) {
        if (restarted) {
            shard.restart();
        } else {
            shard.refresh();
        }
    }
}
