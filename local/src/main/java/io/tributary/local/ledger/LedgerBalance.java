package io.tributary.local.ledger;

import java.util.List;

/**
 * The balance of everything.
 *
 * @param signals each signal by itself
 * @param differences where records are missing, or told of twice; empty if all adds up
 */
public record LedgerBalance(List<SignalBalance> signals, List<Difference> differences) {
    public LedgerBalance {
        signals = List.copyOf(signals);
        differences = List.copyOf(differences);
    }

    /** Whether everything adds up. */
    public boolean balanced() {
        return differences.isEmpty();
    }

    /** Whether every stage has dealt with all that it was given. */
    public boolean settled() {
        return signals.stream().mapToLong(SignalBalance::inFlight).sum() == 0;
    }

    /** Records that nobody can tell the fate of. */
    public long unexplained() {
        return differences.stream().mapToLong(one -> Math.abs(one.records())).sum();
    }
}
