package io.tributary.local.ledger;

import io.tributary.schemas.ledger.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts records by outcome, over all tenants. */
final class Tally {
    /** A record that is told of twice was most likely a duplicate the second time. */
    private static final List<Outcome> TAKEN_FIRST = List.of(Outcome.DUPLICATE, Outcome.STORED, Outcome.FORWARDED);

    private final Map<String, Long> counts = new TreeMap<>();

    void add(Outcome outcome, long records) {
        counts.merge(outcome.label(), records, Long::sum);
    }

    void addAll(Tally other) {
        other.counts.forEach((label, records) -> counts.merge(label, records, Long::sum));
    }

    long of(Outcome outcome) {
        return counts.getOrDefault(outcome.label(), 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> byOutcome() {
        return Collections.unmodifiableMap(counts);
    }

    /** What was dropped, by reason. */
    Map<String, Long> dropped() {
        return byReason(Outcome::isDropped);
    }

    /** What was refused, by reason. */
    Map<String, Long> refused() {
        return byReason(Outcome::isRefused);
    }

    /** Takes this many records out, and returns how many more it was asked for than it had. */
    long take(long records) {
        long left = records;
        for (Outcome outcome : TAKEN_FIRST) {
            left = take(outcome.label(), left);
        }
        for (String label : List.copyOf(counts.keySet())) {
            left = take(label, left);
        }
        return left;
    }

    private long take(String label, long records) {
        long taken = Math.min(records, counts.getOrDefault(label, 0L));
        counts.computeIfPresent(label, (same, had) -> had == taken ? null : Long.valueOf(had - taken));
        return records - taken;
    }

    private Map<String, Long> byReason(Predicate<Outcome> kind) {
        Map<String, Long> reasons = new TreeMap<>();
        counts.forEach((label, records) -> {
            Outcome outcome = new Outcome(label);
            if (kind.test(outcome)) {
                reasons.put(outcome.reason(), records);
            }
        });
        return reasons;
    }
}
