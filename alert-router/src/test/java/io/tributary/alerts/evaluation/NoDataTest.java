package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.evaluation.EvaluationSettings.NoData;
import org.junit.jupiter.api.Test;

/** Alerts whose series fall silent. Times are as in {@link ShardDriver}. */
class NoDataTest {
    private final ShardDriver shard = new ShardDriver();

    @Test
    void silenceIsNoDataAndNotResolvedAndEndsWithASample() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.load(311, "a", 1);
        shard.bothAt(320);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 320");
    }

    @Test
    void whatComesAfterTheInstantNeitherEndsNorMakesSilence() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.load(323, "a", 9);
        shard.bothAt(320);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.bothAt(330);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 330");

        shard.load(335, "a", 1);
        shard.stale(342, "a");
        shard.bothAt(340);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 340");
    }

    @Test
    void dataOfAnotherRuleOfTheSameNameEndsNoSilence() {
        shard.start(
                "{alert: High, expr: \"sum(load{host='a'}) > 5\", labels: {host: a}}",
                "{alert: High, expr: \"sum(load{host='b'}) > 5\", labels: {host: b}}");
        shard.load(1, "a", 9);
        shard.bothAt(10);
        shard.load(305, "b", 1);
        shard.bothAt(310);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.restart();
        shard.bothAt(320);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.rulesAre("{alert: High, expr: \"sum(load{host='b'}) > 5\", labels: {host: b}}");
        shard.alerts().clear();
        shard.restart();
        shard.bothAt(330);
        assertThat(shard.alerts()).as("its rule is gone").isEmpty();
    }

    @Test
    void whatFiresIsSaidAgainWhileEvaluationsWait() {
        shard.start("{alert: High, expr: load > 5}", "{alert: Low, expr: load < 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.alerts().clear();
        for (long hour = 0; hour < 200; hour++) {
            shard.renew(3600 * hour);
        }
        assertThat(shard.alerts()).isNotEmpty().containsOnly("High a firing since 10 no data since 310");
        shard.load(311, "a", 1);
        shard.bothAt(320);
        shard.alerts().clear();
        shard.renew(3600 * 201);
        assertThat(shard.alerts()).as("Low was just said").isEmpty();
    }

    @Test
    void aSeriesThatIsMarkedStaleIsNoDataUnlessOthersOfItsAlertHaveData() {
        shard.start("{alert: Sum, expr: sum(load) > 5}", "{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.load(1, "b", 1);
        shard.bothAt(10);
        shard.stale(11, "a");
        shard.bothAt(20);
        assertThat(shard.alerts()).contains("Sum  resolved at 20", "High a firing since 10 no data since 20");
    }

    @Test
    void noDataEndsAfterItsRetention() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.bothAt(909);
        assertThat(shard.alerts()).noneMatch(alert -> alert.contains("resolved"));
        shard.bothAt(910);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 910 no data since 310");
    }

    /** As Prometheus leaves alerts as they are when their rule fails: nobody knows whether it would fire. */
    @Test
    void anEvaluationThatFailsDoesNotEndSilence() {
        shard.start("{alert: High, expr: load * on (host) load > 50}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        shard.load(311, "a", "one", 9);
        shard.load(311, "a", "other", 9);
        shard.bothAt(320);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 310");
        shard.stale(321, "a", "other");
        shard.bothAt(330);
        assertThat(shard.alerts()).noneMatch(alert -> alert.contains("resolved"));
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 330");
    }

    @Test
    void withTheOtherChoiceSilenceResolvesAsInPrometheus() {
        shard.noDataIs(NoData.RESOLVE);
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.bothAt(310);
        assertThat(shard.alerts()).last().isEqualTo("High a resolved at 310");
    }

    @Test
    void silenceThatNobodyWatchedIsNotGoneThrough() {
        shard.start("{alert: High, expr: load > 5}", "{record: one, expr: vector(1)}");
        shard.load(1, "a", 9);
        shard.bothAt(10);
        shard.samples().clear();
        shard.restart();
        shard.progress(0, 7200, true);
        shard.progress(1, 7200, true);
        shard.work();
        assertThat(shard.samples().stream().filter(sample -> sample.startsWith("one")))
                .hasSize(1);
        assertThat(shard.alerts()).last().isEqualTo("High a firing since 10 no data since 7200");
    }
}
