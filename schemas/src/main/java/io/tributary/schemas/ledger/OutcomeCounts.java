package io.tributary.schemas.ledger;

import io.tributary.schemas.avro.OutcomeCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts records by tenant and outcome. Not for use by several threads at once. */
public final class OutcomeCounts {
    /**
     * Counts are full at this size, far below the 4 MB that the ledger's topic and the megabyte that changelogs take.
     */
    private static final int FULL_BYTES = 256 << 10;
    /** What a count takes beside its names, at most: their lengths and its number. */
    private static final int COUNT_BYTES = 12;

    private final Map<String, Map<Outcome, long[]>> counts = new HashMap<>();
    private long total;
    private long bytes;

    /** Counts some records; the tenant is empty when the record could not be read. */
    public void add(String tenant, Outcome outcome, long records) {
        if (records == 0) {
            return;
        }
        Map<Outcome, long[]> ofTenant = counts.computeIfAbsent(tenant, unseen -> new HashMap<>());
        long[] count = ofTenant.get(outcome);
        if (count == null) {
            count = new long[1];
            ofTenant.put(outcome, count);
            bytes += tenant.length() + outcome.label().length() + COUNT_BYTES;
        }
        count[0] += records;
        total += records;
    }

    /** Counts all that the list counts. */
    public void addAll(List<OutcomeCount> list) {
        list.forEach(one -> add(one.getTenant(), new Outcome(one.getOutcome()), one.getCount()));
    }

    /**
     * Whether they are as many, some thousand tenants and outcomes, as one entry of the ledger should have: it ends
     * then, and what follows is counted anew.
     */
    public boolean isFull() {
        return bytes >= FULL_BYTES;
    }

    /** Whether any record of this tenant was counted. */
    public boolean has(String tenant) {
        return counts.containsKey(tenant);
    }

    /** How many records were counted. */
    public long total() {
        return total;
    }

    /** How many records had this outcome, over all tenants. */
    public long of(Outcome outcome) {
        long[] none = new long[1];
        return counts.values().stream()
                .mapToLong(byOutcome -> byOutcome.getOrDefault(outcome, none)[0])
                .sum();
    }

    /** The counts as the ledger writes them. */
    public List<OutcomeCount> toList() {
        List<OutcomeCount> list = new ArrayList<>();
        counts.forEach((tenant, byOutcome) ->
                byOutcome.forEach((outcome, count) -> list.add(new OutcomeCount(tenant, outcome.label(), count[0]))));
        return list;
    }

    /** Starts again from nothing. */
    public void clear() {
        counts.clear();
        total = 0;
        bytes = 0;
    }
}
