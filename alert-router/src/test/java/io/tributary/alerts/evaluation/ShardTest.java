package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.retention.Appended;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a shard evaluates, and what it keeps. Times are as in {@link ShardDriver}. */
class ShardTest {
    private final ShardDriver shard = new ShardDriver();

    @Test
    void anInstantIsEvaluatedOnceAllPartitionsArePastIt() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.progress(0, 30, false);
        shard.work();
        assertThat(shard.alerts()).isEmpty();
        shard.progress(1, 10, false);
        shard.work();
        assertThat(shard.alerts()).containsExactly("High a firing since 10");
    }

    @Test
    void aPartitionThatIsBehindIsWaitedForOnlySoLong() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.progress(1, 5, false);
        shard.waits(Duration.ofSeconds(20));
        shard.progress(0, 30, false);
        for (int second = 0; second < 300; second += 10) {
            shard.progress(0, 40 + second, false);
            shard.work();
            assertThat(shard.alerts()).isEmpty();
            shard.waits(Duration.ofSeconds(10));
        }
        shard.progress(0, 340, false);
        shard.work();
        assertThat(shard.alerts()).containsExactly("High a firing since 10");
    }

    @Test
    void aPartitionThatCatchesUpIsWaitedForHoweverLong() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.progress(1, 5, false);
        for (int i = 0; i < 120; i++) {
            shard.progress(0, 7200 + 10L * i, true);
            shard.progress(1, 5 + 30L * i, false);
            shard.work();
            shard.waits(Duration.ofSeconds(10));
        }
        assertThat(shard.doneUntil()).isEqualTo(5 + 30 * 119);
    }

    /** As while Kafka is away: whoever speaks first afterwards must not leave behind those that had no chance to. */
    @Test
    void timeInWhichNoPartitionWasHeardOfIsNotWaitedFor() {
        shard.start("{alert: High, expr: load > 5}");
        shard.load(1, "a", 9);
        shard.progress(1, 5, false);
        shard.waits(Duration.ofSeconds(20));
        shard.progress(0, 300, false);
        shard.waits(Duration.ofHours(1));
        shard.progress(0, 3900, true);
        shard.work();
        assertThat(shard.alerts()).isEmpty();
        shard.load(9, "a", 1);
        shard.progress(1, 3900, true);
        shard.work();
        assertThat(shard.alerts()).isEmpty();
    }

    @Test
    void aReplayGivesTheSameAtTheSameTimes() {
        shard.start("{alert: High, expr: load > 5, for: 20s}", "{record: twice, expr: 2 * load}");
        feed(1);
        List<String> once = List.copyOf(shard.alerts());
        List<String> written = List.copyOf(shard.samples());
        assertThat(once).contains("High a firing since 70", "High a resolved at 120");
        shard.startAnew();
        feed(40);
        assertThat(shard.alerts()).isEqualTo(once);
        assertThat(shard.samples()).isEqualTo(written);
    }

    /** Samples every 5 seconds, evaluations as late as every so many of them. */
    private void feed(int workEvery) {
        for (int i = 0; i < 60; i++) {
            shard.load(5L * i, "a", i >= 10 && i < 24 ? 9 : 1);
            shard.progress(0, 5L * i, false);
            shard.progress(1, 5L * i, false);
            if (i % workEvery == 0) {
                shard.work();
            }
        }
        shard.work();
    }

    @Test
    void aRestartInTheMidstChangesNothing() {
        shard.start("{alert: High, expr: 'avg_over_time(load[30s]) > 5', for: 20s}", "{record: twice, expr: 2 * load}");
        feed(1);
        List<String> once = List.copyOf(shard.alerts());
        List<String> written = List.copyOf(shard.samples());
        shard.startAnew();
        for (int i = 0; i < 60; i++) {
            shard.load(5L * i, "a", i >= 10 && i < 24 ? 9 : 1);
            shard.progress(0, 5L * i, false);
            shard.progress(1, 5L * i, false);
            shard.work();
            shard.restart();
        }
        assertThat(shard.samples()).isEqualTo(written);
        // A firing alert is told of again after each restart, which receivers do not notice.
        assertThat(shard.alerts().stream().distinct())
                .isEqualTo(once.stream().distinct().toList());
    }

    @Test
    void aLateSampleIsSeenByTheNextEvaluation() {
        shard.start("{record: twice, expr: 2 * load}");
        shard.load(1, "a", 3);
        shard.bothAt(10);
        assertThat(shard.load(9, "a", 4)).containsExactly(Appended.STORED);
        assertThat(shard.load(8, "a", 5)).containsExactly(Appended.OUT_OF_ORDER);
        shard.bothAt(20);
        assertThat(shard.samples()).containsExactly("twice a 6.0 at 10", "twice a 8.0 at 20");
    }

    @Test
    void aSampleThatIsAheadIsNotSeenBeforeItsTime() {
        shard.start("{record: twice, expr: 2 * load}");
        shard.load(1, "a", 3);
        shard.load(11, "a", 4);
        shard.bothAt(20);
        assertThat(shard.samples()).containsExactly("twice a 6.0 at 10", "twice a 8.0 at 20");
    }

    @Test
    void aGroupThatIsNewBeginsNowAndNotWithTime() {
        shard.start("{record: one, expr: vector(1)}");
        shard.bothAt(10);
        shard.bothAt(7200);
        shard.samples().clear();
        shard.groupIs("h", "{record: one, expr: vector(1)}");
        shard.restart();
        shard.bothAt(7210);
        assertThat(shard.samples().stream().filter(sample -> sample.contains("1.0")))
                .isNotEmpty()
                .hasSizeLessThan(3)
                .allMatch(sample -> Long.parseLong(sample.substring(sample.lastIndexOf(' ') + 1)) > 7200);
    }

    @Test
    void groupsThatAreGoneEndTheirSeriesAndGiveUpTheirSamples() {
        shard.start("{record: twice, expr: 2 * load}");
        shard.load(1, "a", 3);
        shard.bothAt(10);
        shard.rulesAre();
        shard.refresh();
        assertThat(shard.samples()).containsExactly("twice a 6.0 at 10", "twice a stale at 10");
        assertThat(shard.chunks()).isEmpty();
        assertThat(shard.states().keySet()).containsExactly("progress");
    }

    @Test
    void seriesThatNobodyLooksBackAtAnyMoreAreForgotten() {
        shard.start("{record: twice, expr: 2 * load}");
        shard.load(1, "a", 3);
        shard.bothAt(10);
        assertThat(shard.chunks()).isNotEmpty();
        shard.bothAt(400);
        assertThat(shard.chunks()).isEmpty();
    }
}
