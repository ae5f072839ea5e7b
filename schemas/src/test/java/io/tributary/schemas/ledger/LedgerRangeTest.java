package io.tributary.schemas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.topic.Signal;
import org.junit.jupiter.api.Test;

class LedgerRangeTest {
    private final LedgerRange.Source source = new LedgerRange.Source("indexer", "one", Signal.LOGS, "logs", 3);

    @Test
    void countsByTenantAndOutcome() {
        LedgerRange range = new LedgerRange(source, 10);
        read(range, 10, "a", Outcome.STORED);
        read(range, 11, "a", Outcome.STORED);
        read(range, 12, "b", Outcome.dropped("late"));
        LedgerEntry entry = range.entry();
        assertThat(entry.getFrom()).isEqualTo(10);
        assertThat(entry.getTo()).isEqualTo(13);
        assertThat(entry.getGaps()).isZero();
        assertThat(entry.getCounts())
                .containsExactlyInAnyOrder(
                        new OutcomeCount("a", "stored", 2L), new OutcomeCount("b", "dropped:late", 1L));
        assertThat(LedgerKey.of(entry)).isEqualTo("indexer/one/logs/3/10");
    }

    @Test
    void offsetsThatHeldNoRecordAreGaps() {
        LedgerRange range = new LedgerRange(source, 0);
        read(range, 0, "a", Outcome.STORED);
        read(range, 4, "a", Outcome.STORED);
        assertThat(range.entry().getGaps()).isEqualTo(3);
    }

    @Test
    void whatExpiredIsCountedAndNoGap() {
        LedgerRange range = new LedgerRange(source, 0);
        read(range, 0, "a", Outcome.STORED);
        range.expired(2, 6);
        read(range, 7, "a", Outcome.STORED);
        LedgerEntry entry = range.entry();
        assertThat(entry.getTo()).isEqualTo(8);
        assertThat(entry.getGaps()).isEqualTo(2);
        assertThat(entry.getCounts())
                .containsExactlyInAnyOrder(new OutcomeCount("a", "stored", 2L), new OutcomeCount("", "expired", 4L));
    }

    @Test
    void gapsBelowWhatTheTopicHoldsMayHaveBeenRecords() {
        LedgerRange range = new LedgerRange(source, 0);
        read(range, 0, "a", Outcome.STORED);
        read(range, 9, "a", Outcome.STORED);
        read(range, 12, "a", Outcome.STORED);
        range.expiredAmongGaps(1);
        assertThat(range.entry().getGaps()).as("all is held but what was read").isEqualTo(10);
        range.expiredAmongGaps(8);
        range.expiredAmongGaps(8);
        LedgerEntry entry = range.close();
        assertThat(entry.getGaps()).isEqualTo(3);
        assertThat(entry.getCounts()).contains(new OutcomeCount("", "expired", 7L));
        read(range, 14, "a", Outcome.STORED);
        range.expiredAmongGaps(13);
        assertThat(range.entry().getGaps()).as("of the next range").isEqualTo(1);
    }

    @Test
    void aRecordWithoutOutcomeIsMissingFromTheSum() {
        LedgerRange range = new LedgerRange(source, 0);
        read(range, 0, "a", Outcome.STORED);
        range.read(1);
        LedgerEntry entry = range.entry();
        long counted =
                entry.getCounts().stream().mapToLong(OutcomeCount::getCount).sum();
        assertThat(entry.getTo() - entry.getFrom() - entry.getGaps() - counted).isEqualTo(1);
    }

    @Test
    void closedRangesJoinWithoutAHole() {
        LedgerRange range = new LedgerRange(source, 0);
        read(range, 0, "a", Outcome.STORED);
        LedgerEntry first = range.close();
        read(range, 1, "a", Outcome.DUPLICATE);
        LedgerEntry second = range.close();
        assertThat(second.getFrom()).isEqualTo(first.getTo());
        assertThat(second.getCounts()).containsExactly(new OutcomeCount("a", "duplicate", 1L));
    }

    @Test
    void aResumedRangeGoesOnWhereItsEntryEnded() {
        LedgerRange range = new LedgerRange(source, 5);
        read(range, 7, "a", Outcome.STORED);
        LedgerRange resumed = LedgerRange.resume(source, range.entry());
        read(resumed, 8, "a", Outcome.STORED);
        assertThat(resumed.entry().getFrom()).isEqualTo(5);
        assertThat(resumed.entry().getTo()).isEqualTo(9);
        assertThat(resumed.entry().getGaps()).isEqualTo(2);
        assertThat(resumed.entry().getCounts()).containsExactly(new OutcomeCount("a", "stored", 2L));
    }

    @Test
    void offsetsDoNotGoBack() {
        LedgerRange range = new LedgerRange(source, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> range.read(4))
                .withMessage("offset: 4 (expected: at least 5)");
    }

    private static void read(LedgerRange range, long offset, String tenant, Outcome outcome) {
        range.read(offset);
        range.count(tenant, outcome);
    }
}
