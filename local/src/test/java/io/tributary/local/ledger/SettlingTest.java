package io.tributary.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Reading LOGS = new Reading("log-indexer", new SourcePartition("tributary.logs", 0));
    private static final Reading TRACES = new Reading("connect-traces", new SourcePartition("tributary.traces", 0));

    private final Settling settling = new Settling();

    @Test
    void nothingInFlightIsSettledAtOnce() {
        assertThat(settling.settled(balance(Map.of()))).isTrue();
    }

    @Test
    void whatIsInFlightIsAwaited() {
        assertThat(settling.settled(balance(Map.of(LOGS, new Offsets(5, 10))))).isFalse();
        assertThat(settling.settled(balance(Map.of(LOGS, new Offsets(9, 10))))).isFalse();
        assertThat(settling.settled(balance(Map.of()))).isTrue();
    }

    @Test
    void whatWasMadeOfItMeanwhileIsAwaitedToo() {
        assertThat(settling.settled(balance(Map.of(LOGS, new Offsets(5, 10))))).isFalse();
        assertThat(settling.settled(balance(Map.of(TRACES, new Offsets(0, 3))))).isFalse();
        assertThat(settling.settled(balance(Map.of(TRACES, new Offsets(2, 3))))).isFalse();
        assertThat(settling.settled(balance(Map.of()))).isTrue();
    }

    @Test
    void aTopicThatNeverRestsIsSettledWhenEachStepHasPassed() {
        for (int step = 0; step < Settling.STEPS; step++) {
            assertThat(settling.settled(balance(Map.of(LOGS, new Offsets(10L * step, 10L * step + 10)))))
                    .isFalse();
        }
        assertThat(settling.settled(balance(Map.of(LOGS, new Offsets(30, 40))))).isTrue();
    }

    @Test
    void aStageThatStandsStillIsNeverSettled() {
        for (int look = 0; look < 10; look++) {
            assertThat(settling.settled(
                            balance(Map.of(LOGS, new Offsets(5, 10 + look), TRACES, new Offsets(look, look + 1)))))
                    .isFalse();
        }
    }

    private static LedgerBalance balance(Map<Reading, Offsets> inFlight) {
        return new LedgerBalance(List.of(), List.of(), inFlight);
    }
}
