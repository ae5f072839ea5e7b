package io.tributary.local.ledger;

import java.util.List;
import java.util.Map;

/**
 * The balance of everything.
 *
 * @param signals each signal by itself
 * @param differences where records are missing, or told of twice; empty if all adds up
 * @param inFlight from the first record that a stage has yet to deal with to the partition's end; nothing of those that
 *     have dealt with everything
 */
record LedgerBalance(List<SignalBalance> signals, List<Difference> differences, Map<Reading, Offsets> inFlight) {
    LedgerBalance {
        signals = List.copyOf(signals);
        differences = List.copyOf(differences);
        inFlight = Map.copyOf(inFlight);
    }

    /** Whether everything adds up. */
    public boolean balanced() {
        return differences.isEmpty();
    }

    /** Records that nobody can tell the fate of. */
    public long unexplained() {
        return differences.stream().mapToLong(one -> Math.abs(one.records())).sum();
    }
}
