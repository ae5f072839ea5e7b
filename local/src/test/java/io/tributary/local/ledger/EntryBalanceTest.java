package io.tributary.local.ledger;

import static io.tributary.local.ledger.Entries.LOGS;
import static io.tributary.schemas.ledger.Outcome.ACCEPTED;
import static io.tributary.schemas.ledger.Outcome.DEAD_LETTERED;
import static io.tributary.schemas.ledger.Outcome.DERIVED;
import static io.tributary.schemas.ledger.Outcome.PUBLISHED;
import static io.tributary.schemas.ledger.Outcome.RETRIED;
import static io.tributary.schemas.ledger.Outcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.ledger.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryBalanceTest {
    private static final Outcome INVALID = Outcome.refused("invalid_trace_id");

    @Test
    void addsUpInstancesProtocolsAndSlices() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 60)
                .partition(LOGS, 1, 0, 57)
                .slice("a", "otlp/http", 0, ACCEPTED, 100, PUBLISHED, 96, INVALID, 3, DEAD_LETTERED, 1)
                .slice("a", "otlp/http", 1000, ACCEPTED, 10, PUBLISHED, 10, DERIVED, 2)
                .slice("b", "otlp/grpc", 0, ACCEPTED, 9, PUBLISHED, 9);

        assertThat(entries.balance().signals().getFirst().entries())
                .containsExactly(new EntryBalance(LOGS, 119, 115, 2, 0, 1, Map.of("invalid_trace_id", 3L), 117, 0, 0));
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void aSliceThatIsToldAgainReplaces() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 20)
                .slice("a", "otlp/http", 0, ACCEPTED, 10, PUBLISHED, 10)
                .slice("a", "otlp/http", 0, ACCEPTED, 20, PUBLISHED, 20);

        assertThat(entries.balance().signals().getFirst().accepted()).isEqualTo(20);
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void aRecordTakenInOneSliceAndPublishedInTheNextIsExplained() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 20)
                .slice("a", "otlp/http", 0, ACCEPTED, 20, PUBLISHED, 12)
                .slice("a", "otlp/http", 1000, PUBLISHED, 8);

        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void whatWasAcceptedAndHasNoFateIsUnexplained() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 90)
                .slice("a", "otlp/http", 0, ACCEPTED, 100, PUBLISHED, 90, INVALID, 4)
                .slice("b", "otlp/http", 0, ACCEPTED, 6, PUBLISHED, 6)
                .balance();

        assertThat(balance.differences())
                .extracting(Difference::line)
                .first()
                .isEqualTo(
                        "ingest-gateway: tributary.logs: 6 records unexplained (accepted by instance a over otlp/http,"
                                + " and neither published nor refused)");
    }

    @Test
    void whatWasPublishedAndIsNotInTheTopicIsLost() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 40)
                .partition(LOGS, 1, 0, 50)
                .slice("a", "otlp/http", 0, ACCEPTED, 98, PUBLISHED, 98)
                .balance();

        assertThat(balance.unexplained()).isEqualTo(8);
        assertThat(balance.differences())
                .extracting(Difference::why)
                .containsExactly("published, and not in the topic");
    }

    @Test
    void offsetsWithoutARecordAreNotInTheTopic() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 50)
                .slice("a", "otlp/http", 0, ACCEPTED, 48, PUBLISHED, 48)
                .entry("log-indexer", 0, 0, 50, 3, STORED, 47)
                .balance();

        assertThat(balance.signals().getFirst().inTopic()).isEqualTo(47);
        assertThat(balance.differences()).extracting(Difference::records).containsExactly(1L);
    }

    @Test
    void whatNoGatewayTellsOfWasWrittenDirectly() {
        EntryBalance entry = new Entries()
                .partition(LOGS, 0, 0, 50)
                .slice("a", "otlp/http", 0, ACCEPTED, 40, PUBLISHED, 40, DERIVED, 3)
                .balance()
                .signals()
                .getFirst()
                .entries()
                .getFirst();

        assertThat(entry.direct()).isEqualTo(7);
        assertThat(entry.unexplained()).isZero();
    }

    @Test
    void aDeadLetterThatWentBackIsInTheTopicAgainAndNobodyWroteItDirectly() {
        Entries entries = new Entries()
                .partition(LOGS, 0, 0, 13)
                .markers(0, 12L)
                .slice("a", "otlp/http", 0, ACCEPTED, 10, PUBLISHED, 10)
                .slice("tributary.logs.dlq-0@7", "", 5000, RETRIED, 2)
                .entry("log-indexer", 0, 0, 12, 0, STORED, 9, DEAD_LETTERED, 1, STORED, 2);
        EntryBalance entry = entries.balance().signals().getFirst().entries().getFirst();
        assertThat(entry.retried()).isEqualTo(2);
        assertThat(entry.inTopic()).isEqualTo(12);
        assertThat(entry.direct()).isZero();
        assertThat(entries.balance().balanced()).isTrue();
    }

    @Test
    void whatWasRetriedAndIsNotInTheTopicIsLost() {
        LedgerBalance balance = new Entries()
                .partition(LOGS, 0, 0, 10)
                .slice("a", "otlp/http", 0, ACCEPTED, 10, PUBLISHED, 10)
                .slice("tributary.logs.dlq-0@7", "", 5000, RETRIED, 1)
                .balance();
        assertThat(balance.unexplained()).isEqualTo(1);
    }
}
