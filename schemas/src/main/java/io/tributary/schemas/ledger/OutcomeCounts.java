package io.tributary.schemas.ledger;

import io.tributary.schemas.avro.OutcomeCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts records by tenant and outcome. Not for use by several threads at once. */
public final class OutcomeCounts {
    private final Map<String, Map<Outcome, long[]>> counts = new HashMap<>();
    private long total;

    /** Counts some records; the tenant is empty when the record could not be read. */
    public void add(String tenant, Outcome outcome, long records) {
        if (records == 0) {
            return;
        }
        counts.computeIfAbsent(tenant, unseen -> new HashMap<>()).computeIfAbsent(outcome, unseen -> new long[1])[0] +=
                records;
        total += records;
    }

    /** Counts all that the list counts. */
    public void addAll(List<OutcomeCount> list) {
        list.forEach(one -> add(one.getTenant(), new Outcome(one.getOutcome()), one.getCount()));
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
    }
}
