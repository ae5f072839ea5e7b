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
public record LedgerBalance(List<SignalBalance> signals, List<Difference> differences, Map<Reading, Offsets> inFlight) {
    public LedgerBalance {
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

    /** What this stage did with each topic that it reads, by its consumer group; empty if it reads none. */
    public List<StageBalance> of(String stage) {
        return signals.stream()
                .flatMap(signal -> signal.stages().stream())
                .filter(balance -> balance.stage().equals(stage))
                .toList();
    }
}
