package io.tributary.local.ledger;

import static io.tributary.local.ledger.Entries.LOGS;
import static io.tributary.schemas.ledger.Outcome.DEAD_LETTERED;
import static io.tributary.schemas.ledger.Outcome.DUPLICATE;
import static io.tributary.schemas.ledger.Outcome.FORWARDED;
import static io.tributary.schemas.ledger.Outcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.LedgerRange.Source;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.topic.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageBalanceTest {
    private static final String INDEXER = "log-indexer";

    @Test
    void addsUpEntriesThatJoinOverPartitions() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .partition(LOGS, 1, 0, 30)
                .entry(INDEXER, 0, 0, 60, 0, STORED, 50, DUPLICATE, 8, DEAD_LETTERED, 2)
                .entry(INDEXER, 0, 60, 100, 3, STORED, 30, Outcome.dropped("late"), 5, Outcome.dropped("future"), 2)
                .entry(INDEXER, 1, 0, 30, 0, STORED, 30);

        assertThat(entries.stage(INDEXER))
                .isEqualTo(new StageBalance(INDEXER, LOGS, 127, 110, 0, 8, 2, Map.of("late", 5L, "future", 2L), 0, 0));
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void whatIsAfterTheLastEntryIsInFlight() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .committed(INDEXER, 0, 60)
                .entry(INDEXER, 0, 0, 60, 0, STORED, 60);

        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(40);
        assertThat(entries.balance().balanced()).isTrue();
        assertThat(entries.balance().inFlight())
                .containsExactly(Map.entry(new Reading(INDEXER, new SourcePartition(LOGS, 0)), new Offsets(60, 100)));
    }

    @Test
    void aStageThatNeverRanHasEverythingInFlight() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .partition(LOGS, 1, 20, 50)
                .expected(INDEXER);

        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(130);
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void whatExpiredEntriesToldOfIsNotHeldAgainstTheStage() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 10, 100)
                .partition(LOGS, 1, 10, 70)
                .committed(INDEXER, 0, 90)
                .committed(INDEXER, 1, 60)
                .entry(INDEXER, 0, 50, 70, 0, STORED, 20)
                .entry(INDEXER, 0, 75, 90, 0, STORED, 15);
        assertThat(entries.stage(INDEXER).unexplained())
                .as("of a complete ledger")
                .isEqualTo(40 + 5 + 50);

        entries.beginningExpired();
        assertThat(entries.stage(INDEXER).unexplained())
                .as("the hole since then")
                .isEqualTo(5);
        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(10 + 10);
    }

    @Test
    void whatExpiredUnreadIsUnexplained() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 50, 60)
                .entry(INDEXER, 0, 0, 30, 0, STORED, 30)
                .entry(INDEXER, 0, 30, 60, 1, Outcome.EXPIRED, 20, STORED, 9);

        assertThat(entries.stage(INDEXER).unexplained()).isEqualTo(20);
        assertThat(entries.balance().differences())
                .containsExactly(
                        new Difference("logs", INDEXER, LOGS, 0, 30, 60, 20, "expired before the stage read them"));
    }

    @Test
    void countingARangeAgainReplaces() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 60)
                .entry(INDEXER, 0, 0, 50, 0, STORED, 50)
                .entry(INDEXER, 0, 0, 60, 0, DUPLICATE, 50, STORED, 10);

        assertThat(entries.stage(INDEXER).stored()).isEqualTo(10);
        assertThat(entries.stage(INDEXER).duplicates()).isEqualTo(50);
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void aShorterReplayWithdrawsWhatItDoesNotCover() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 50)
                .committed(INDEXER, 0, 20)
                .entry(INDEXER, 0, 0, 50, 0, STORED, 50)
                .entry(INDEXER, 0, 0, 20, 0, DUPLICATE, 20);

        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(30);
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void aProcessThatLostThePartitionAndTellsOfLessLaterWithdrawsNothing() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .committed(INDEXER, 0, 90)
                .entry(INDEXER, 0, 0, 10, 0, STORED, 10)
                .entry(INDEXER, 0, 10, 60, 2, STORED, 38, DUPLICATE, 10)
                .entry(INDEXER, 0, 60, 90, 0, STORED, 30)
                .entry(INDEXER, 0, 10, 40, 2, STORED, 28);

        StageBalance balance = entries.stage(INDEXER);
        assertThat(balance.stored() + balance.duplicates()).isEqualTo(98 - 10);
        assertThat(balance.unexplained()).isZero();
        assertThat(balance.inFlight()).isEqualTo(10);
    }

    @Test
    void aProcessThatLostThePartitionAndTellsOfMoreLaterWithdrawsNothing() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 90)
                .committed(INDEXER, 0, 90)
                .entry(INDEXER, 0, 0, 30, 0, STORED, 30)
                .entry(INDEXER, 0, 30, 70, 0, STORED, 40)
                .entry(INDEXER, 0, 70, 90, 0, STORED, 20)
                .entry(INDEXER, 0, 0, 50, 0, DUPLICATE, 50);

        assertThat(entries.stage(INDEXER).duplicates()).isEqualTo(50);
        assertThat(entries.stage(INDEXER).stored()).isEqualTo(40);
        assertThat(entries.stage(INDEXER).unexplained()).isZero();
    }

    @Test
    void whatWasReplacedFillsAHoleAndOpensNone() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 90)
                .committed(INDEXER, 0, 90)
                .entry(INDEXER, 0, 0, 60, 0, STORED, 60)
                .entry(INDEXER, 0, 0, 20, 0, STORED, 20)
                .entry(INDEXER, 0, 50, 90, 0, STORED, 40);

        assertThat(entries.stage(INDEXER).stored()).isEqualTo(90);
        assertThat(entries.stage(INDEXER).unexplained()).isZero();
    }

    @Test
    void aReplayFromTheStartReplacesEveryEntryThatBeginsWithinIt() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 90)
                .entry(INDEXER, 0, 0, 30, 0, STORED, 30)
                .entry(INDEXER, 0, 30, 60, 0, STORED, 30)
                .entry(INDEXER, 0, 60, 90, 0, STORED, 30)
                .entry(INDEXER, 0, 0, 90, 0, DUPLICATE, 90);

        assertThat(entries.stage(INDEXER).stored()).isZero();
        assertThat(entries.stage(INDEXER).duplicates()).isEqualTo(90);
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void ofAnOlderEntryThatReachesIntoANewerOneTheCommonOffsetsCountOnce() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 80)
                .entry(INDEXER, 0, 0, 60, 0, STORED, 60)
                .entry(INDEXER, 0, 40, 80, 0, DUPLICATE, 15, STORED, 25);

        assertThat(entries.stage(INDEXER).stored()).isEqualTo(80);
        assertThat(entries.stage(INDEXER).duplicates()).isZero();
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void anEntryInsideAnOlderOneAddsNothing() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 60)
                .entry(INDEXER, 0, 0, 60, 0, FORWARDED, 60)
                .entry(INDEXER, 0, 20, 40, 0, DUPLICATE, 20);

        assertThat(entries.stage(INDEXER).forwarded()).isEqualTo(60);
        assertThat(entries.stage(INDEXER).duplicates()).isZero();
    }

    @Test
    void aRecordThatWasReadAndHasNoOutcomeIsUnexplained() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 60)
                .partition(LOGS, 1, 0, 60)
                .entry(INDEXER, 0, 0, 60, 1, STORED, 57)
                .entry(INDEXER, 1, 0, 60, 0, STORED, 61)
                .balance();

        assertThat(balance.balanced()).isFalse();
        assertThat(balance.unexplained()).isEqualTo(3);
        assertThat(balance.differences())
                .extracting(Difference::partition, Difference::from, Difference::to, Difference::records)
                .containsExactly(tuple(0, 0L, 60L, 2L), tuple(1, 0L, 60L, -1L));
    }

    @Test
    void aHoleBelowTheCommitIsUnexplainedAndNamed() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 100)
                .partition(LOGS, 2, 0, 100)
                .committed(INDEXER, 2, 100)
                .entry(INDEXER, 0, 0, 100, 0, STORED, 100)
                .entry(INDEXER, 2, 0, 40, 0, STORED, 40)
                .entry(INDEXER, 2, 47, 100, 0, STORED, 53)
                .balance();

        assertThat(balance.unexplained()).isEqualTo(7);
        assertThat(balance.differences())
                .extracting(Difference::line)
                .containsExactly("log-indexer: tributary.logs partition 2 offsets [40, 47): 7 records unexplained"
                        + " (passed by the stage, and no entry covers them)");
    }

    @Test
    void offsetsThatWereCommittedWithoutAnEntryAreUnexplained() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .committed(INDEXER, 0, 90)
                .entry(INDEXER, 0, 0, 60, 0, STORED, 60);

        assertThat(entries.stage(INDEXER).unexplained()).isEqualTo(30);
        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(10);
    }

    @Test
    void withoutACommitAHoleIsUnexplainedBelowTheHighestCoveredOffset() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 100)
                .entry(INDEXER, 0, 10, 40, 0, STORED, 30)
                .entry(INDEXER, 0, 50, 80, 0, STORED, 30);

        assertThat(entries.stage(INDEXER).unexplained()).isEqualTo(20);
        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(20);
    }

    @Test
    void whatHadExpiredBeforeTheFirstEntryIsNotMissed() {
        Entries entries = new Entries().partition(LOGS, 0, 500, 600).entry(INDEXER, 0, 500, 600, 0, STORED, 100);

        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void whatExpiredBetweenEntriesIsUnexplained() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 500, 600)
                .entry(INDEXER, 0, 0, 400, 0, STORED, 400)
                .entry(INDEXER, 0, 450, 600, 0, STORED, 150);

        assertThat(entries.stage(INDEXER).unexplained()).isEqualTo(50);
    }

    @Test
    void whatExpiredWhileTheStageWasAwayIsUnexplained() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 500, 600)
                .committed(INDEXER, 0, 400)
                .entry(INDEXER, 0, 0, 400, 0, STORED, 400);

        assertThat(entries.stage(INDEXER).unexplained()).isEqualTo(100);
        assertThat(entries.stage(INDEXER).inFlight()).isEqualTo(100);
    }

    @Test
    void markersAfterTheLastRecordAreNotInFlight() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 11)
                .markers(0, 4L, 9L, 10L)
                .committed(INDEXER, 0, 11)
                .entry(INDEXER, 0, 0, 9, 1, FORWARDED, 8);

        assertThat(entries.stage(INDEXER).inFlight()).isZero();
        assertThat(entries.balance().inFlight()).isEmpty();
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void markersBetweenEntriesAreNoRecords() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 11)
                .markers(0, 4L, 5L, 10L)
                .committed(INDEXER, 0, 11)
                .entry(INDEXER, 0, 0, 4, 0, FORWARDED, 4)
                .entry(INDEXER, 0, 6, 10, 0, FORWARDED, 4);

        assertThat(entries.balance().balanced()).isTrue();
        assertThat(entries.stage(INDEXER).inTopic()).isEqualTo(8);
    }

    @Test
    void aMarkerThatExpiredIsNotMissed() {
        Entries entries = new Entries().partition(LOGS, 0, 10, 10).entry(INDEXER, 0, 0, 9, 0, FORWARDED, 9);

        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void stagesAreBalancedApart() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 10)
                .entry(INDEXER, 0, 0, 10, 0, STORED, 10)
                .entry("connect-logs", 0, 0, 4, 0, STORED, 4)
                .expected("alert-router");

        assertThat(entries.stage(INDEXER).inFlight()).isZero();
        assertThat(entries.stage("connect-logs").inFlight()).isEqualTo(6);
        assertThat(entries.stage("alert-router").inFlight()).isEqualTo(10);
    }

    @Test
    void aTopicThatAServiceBroughtHasTheSignalOfItsEntries() {
        Entries entries = new Entries().partition("tributary.logs.grouped", 0, 0, 9);
        entries.ledger()
                .put(LedgerRange.entry(
                        new Source("alert-router", "1", Signal.ALERTS, "tributary.logs.grouped", 0),
                        0,
                        7,
                        0,
                        new OutcomeCounts()));

        assertThat(entries.balance().signals())
                .extracting(SignalBalance::signal)
                .contains("alerts");
        assertThat(entries.stage("alert-router").inFlight()).isEqualTo(2);
        assertThat(entries.stage("alert-router").unexplained()).isEqualTo(7);
    }

    @Test
    void anEntryThatCannotBeReadIsADifference() {
        Entries entries = new Entries();
        entries.ledger().putUnreadable(new SourcePartition("tributary.ledger", 0), 7, Reason.NOT_AVRO);

        assertThat(entries.balance().differences())
                .extracting(Difference::line)
                .containsExactly("ledger: tributary.ledger partition 0 offsets [7, 8): 1 record unexplained"
                        + " (entry cannot be read: not_avro)");
    }
}
