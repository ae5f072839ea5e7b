package io.tributary.local.ledger;

import java.util.Map;

/**
 * Waits for what is in flight. New records may come for ever, from clients or from a stage itself, so what is awaited
 * is what was there at the first look; then what was there by then, as stages may have made it of the former, and so on
 * for as many steps as the longest way through the topics has.
 */
final class Settling {
    /** Points; what rules select of them; the points that rules record. Also spans; traces. */
    static final int STEPS = 3;

    private Map<Reading, Offsets> awaited = Map.of();
    private int steps = -1;

    /** Whether nothing is in flight, or nothing of what was awaited. Balances must be given as time goes on. */
    boolean settled(LedgerBalance balance) {
        if (passed(balance.inFlight())) {
            awaited = balance.inFlight();
            steps++;
        }
        return awaited.isEmpty() || steps >= STEPS;
    }

    private boolean passed(Map<Reading, Offsets> inFlight) {
        return awaited.entrySet().stream().allMatch(one -> {
            Offsets now = inFlight.get(one.getKey());
            return now == null || now.start() >= one.getValue().end();
        });
    }
}
