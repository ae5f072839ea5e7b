package io.tributary.delivery.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettledOffsetsTest {
    private static final LedgerRange.Source SOURCE = new LedgerRange.Source("stage", "", Signal.LOGS, "logs", 2);

    private final SettledOffsets offsets = new SettledOffsets(SOURCE, 10);

    @Test
    void nothingIsCommittedPastTheLowestUnsettledRecord() {
        read(10, 11, 12);
        stored(11);
        stored(12);
        assertThat(offsets.settledTo()).isEqualTo(10);
        assertThat(offsets.nextEntry()).isEmpty();

        stored(10);
        assertThat(offsets.settledTo()).isEqualTo(13);
    }

    @Test
    void entryCoversWhatIsSettledAndNothingAboveIt() {
        read(10, 11, 12, 13);
        offsets.settle(10, "a", Outcome.STORED);
        offsets.settle(11, "b", Outcome.DEAD_LETTERED);
        offsets.settle(13, "a", Outcome.DUPLICATE);

        LedgerEntry entry = offsets.nextEntry().orElseThrow();
        assertThat(entry.getFrom()).isEqualTo(10);
        assertThat(entry.getTo()).isEqualTo(12);
        assertThat(entry.getPartition()).isEqualTo(2);
        assertThat(entry.getCounts())
                .containsExactlyInAnyOrder(
                        new OutcomeCount("a", "stored", 1L), new OutcomeCount("b", "dead_lettered", 1L));
    }

    @Test
    void whatExpiredIsCountedBehindWhatIsInFlight() {
        read(10, 11);
        offsets.expired(9);
        offsets.expired(12);
        offsets.expired(20);
        offsets.expired(20);
        read(22);
        stored(22);
        assertThat(offsets.nextEntry()).isEmpty();

        stored(10);
        stored(11);
        LedgerEntry entry = offsets.nextEntry().orElseThrow();
        assertThat(entry.getTo()).isEqualTo(23);
        assertThat(entry.getGaps()).isEqualTo(2);
        assertThat(entry.getCounts()).contains(new OutcomeCount("", "expired", 8L));
        assertThat(offsets.recordsInFlight()).isZero();
        assertThat(offsets.bytesInFlight()).isZero();
    }

    @Test
    void entryStaysTheSameUntilItIsCommittedAndTheNextOneJoins() {
        read(10, 11, 12);
        stored(10);
        LedgerEntry first = offsets.nextEntry().orElseThrow();
        stored(11);
        assertThat(offsets.nextEntry()).contains(first);

        offsets.committed(first.getTo());
        LedgerEntry second = offsets.nextEntry().orElseThrow();
        assertThat(second.getFrom()).isEqualTo(first.getTo());
        assertThat(second.getTo()).isEqualTo(12);
    }

    @Test
    void lateAnswerToAnOlderCommitDoesNotDropAnEntry() {
        read(10, 11);
        stored(10);
        long first = offsets.nextEntry().orElseThrow().getTo();
        offsets.committed(first);
        stored(11);
        LedgerEntry second = offsets.nextEntry().orElseThrow();

        offsets.committed(first);
        assertThat(offsets.nextEntry()).contains(second);
    }

    @Test
    void offsetsWithoutRecordsAreGaps() {
        read(13, 20);
        stored(20);
        stored(13);
        LedgerEntry entry = offsets.nextEntry().orElseThrow();
        assertThat(entry.getTo()).isEqualTo(21);
        assertThat(entry.getGaps()).isEqualTo(9);
    }

    @Test
    void positionBehindTheLastRecordCountsOnceAllIsSettled() {
        read(10);
        offsets.passed(15);
        assertThat(offsets.settledTo()).isEqualTo(10);
        stored(10);
        offsets.passed(15);
        LedgerEntry entry = offsets.nextEntry().orElseThrow();
        assertThat(entry.getTo()).isEqualTo(15);
        assertThat(entry.getGaps()).isEqualTo(4);
    }

    @Test
    void bytesAreInFlightFromReadingToSettlingAndNotesUntilCovered() {
        offsets.read(10, 1000);
        offsets.read(11, 500);
        assertThat(offsets.bytesInFlight()).isEqualTo(1500 + 2 * SettledOffsets.BYTES_PER_RECORD);
        stored(11);
        assertThat(offsets.bytesInFlight()).isEqualTo(1000 + 2 * SettledOffsets.BYTES_PER_RECORD);
        stored(10);
        assertThat(offsets.bytesInFlight()).isZero();
        assertThat(offsets.recordsInFlight()).isZero();
    }

    @Test
    void settlingTwiceOrUnreadOffsetsIsADefect() {
        read(10, 12);
        stored(12);
        for (long wrong : new long[] {9, 11, 12, 13}) {
            assertThatThrownBy(() -> stored(wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("offset: " + wrong);
        }
        assertThatThrownBy(() -> read(12)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEntryEndsBeforeItsTenantsAreTooManyForItsTopic() throws IOException {
        int tenants = 60_000;
        for (int i = 0; i < tenants; i++) {
            read(10 + i);
            offsets.settle(10 + i, "tenant_".repeat(8) + i, Outcome.STORED);
        }
        assertThat(offsets.isBehind()).isTrue();
        long waiting = offsets.bytesInFlight();
        assertThat(waiting).as("what waits holds memory").isPositive();
        long covered = 10;
        for (var next = offsets.nextEntry(); next.isPresent(); next = offsets.nextEntry()) {
            LedgerEntry entry = next.get();
            assertThat(LedgerEntry.getEncoder().encode(entry).remaining()).isLessThan(300_000);
            assertThat(entry.getFrom()).isEqualTo(covered);
            assertThat(entry.getCounts()).hasSize((int) (entry.getTo() - entry.getFrom()));
            covered = entry.getTo();
            offsets.committed(covered);
            assertThat(offsets.bytesInFlight()).isLessThanOrEqualTo(waiting);
        }
        assertThat(covered).isEqualTo(10 + tenants);
        assertThat(offsets.bytesInFlight()).isZero();
        assertThat(offsets.isBehind()).isFalse();
    }

    @Test
    void anyOrderOfSettlingEndsInTheSameSum() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            SettledOffsets shuffled = new SettledOffsets(SOURCE, 0);
            List<Long> waiting = new ArrayList<>();
            long offset = 0;
            long covered = 0;
            long counted = 0;
            while (offset < 3000 || !waiting.isEmpty()) {
                for (int i = random.nextInt(900); i > 0 && offset < 3000; i--) {
                    offset += random.nextInt(3);
                    shuffled.read(offset, 1);
                    waiting.add(offset++);
                }
                Collections.shuffle(waiting, random);
                int some = waiting.isEmpty() ? 0 : 1 + random.nextInt(waiting.size());
                for (int i = 0; i < some; i++) {
                    shuffled.settle(waiting.removeLast(), "t" + i % 3, i % 2 == 0 ? Outcome.STORED : Outcome.DUPLICATE);
                }
                for (var entry = shuffled.nextEntry(); entry.isPresent(); entry = shuffled.nextEntry()) {
                    assertThat(entry.get().getFrom()).isEqualTo(covered);
                    covered = entry.get().getTo();
                    counted += entry.get().getGaps()
                            + entry.get().getCounts().stream()
                                    .mapToLong(OutcomeCount::getCount)
                                    .sum();
                    shuffled.committed(covered);
                }
            }
            assertThat(covered).as("seed %d", seed).isEqualTo(offset);
            assertThat(counted).as("seed %d", seed).isEqualTo(offset);
            assertThat(shuffled.bytesInFlight()).as("seed %d", seed).isZero();
        }
    }

    private void read(long... some) {
        for (long offset : some) {
            offsets.read(offset, 1);
        }
    }

    private void stored(long offset) {
        offsets.settle(offset, "a", Outcome.STORED);
    }
}
