package io.tributary.local.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All ledger entries, each record told of once. Entries must be put in the order of the ledger topic. */
final class Ledger {
    /**
     * A gateway's time slices are told of together: a record may be taken in one and be acknowledged in the next.
     *
     * @param instance the process
     * @param protocol the protocol
     * @param topic the topic that was written
     */
    record Entrance(String instance, String protocol, String topic) {}

    private final Map<String, LedgerEntry> slices = new HashMap<>();
    private final Map<Reading, Coverage> coverages = new HashMap<>();
    private final Map<String, String> signals = new HashMap<>();
    private final List<Difference> unreadable = new ArrayList<>();
    private boolean beginningExpired;

    void put(LedgerEntry entry) {
        if (entry.getPartition() < 0) {
            slices.put(LedgerKey.of(entry), entry);
        } else {
            Reading reading =
                    new Reading(entry.getStage(), new SourcePartition(entry.getTopic(), entry.getPartition()));
            signals.put(entry.getTopic(), entry.getSignal());
            coverages.computeIfAbsent(reading, unseen -> new Coverage()).put(Stretch.of(entry));
        }
    }

    /** Notes an entry that cannot be read: what it told of is not known. */
    void putUnreadable(SourcePartition partition, long offset, Reason reason) {
        unreadable.add(new Difference(
                Signal.LEDGER.label(),
                "ledger",
                partition.topic(),
                partition.number(),
                offset,
                offset + 1,
                1,
                "entry cannot be read: " + reason.label()));
    }

    /** Notes that entries were there before the first one here, and expired. */
    void beginningExpired() {
        beginningExpired = true;
    }

    /** Whether all entries that there ever were are here, but those that others replaced. */
    boolean isComplete() {
        return !beginningExpired;
    }

    List<Difference> unreadable() {
        return List.copyOf(unreadable);
    }

    /** The signal of each topic that some stage reads, by the topic's name. */
    Map<String, String> signals() {
        return Map.copyOf(signals);
    }

    Set<Reading> readings() {
        return new TreeSet<>(coverages.keySet());
    }

    Coverage coverage(Reading reading) {
        return coverages.getOrDefault(reading, new Coverage());
    }

    /** First offset of the partition that no stage tells of. */
    long end(SourcePartition partition) {
        return coverages.entrySet().stream()
                .filter(one -> one.getKey().source().equals(partition))
                .mapToLong(one -> one.getValue().end())
                .max()
                .orElse(0);
    }

    /** What came in by which way. */
    Map<Entrance, Tally> entrances() {
        Map<Entrance, Tally> tallies = new HashMap<>();
        for (LedgerEntry slice : slices.values()) {
            Entrance entrance = new Entrance(slice.getInstance(), slice.getProtocol(), slice.getTopic());
            Tally tally = tallies.computeIfAbsent(entrance, unseen -> new Tally());
            slice.getCounts().forEach(one -> tally.add(new Outcome(one.getOutcome()), one.getCount()));
        }
        return tallies;
    }

    /** What came in, by topic. */
    Map<String, Tally> entrancesByTopic() {
        Map<String, Tally> tallies = new TreeMap<>();
        entrances()
                .forEach((entrance, tally) -> tallies.computeIfAbsent(entrance.topic(), unseen -> new Tally())
                        .addAll(tally));
        return tallies;
    }
}
