package io.tributary.local.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.LedgerRange.Source;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import io.tributary.schemas.topic.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A ledger and a Kafka for tests, told in a few words. */
final class Entries {
    static final String LOGS = "tributary.logs";
    static final String TRACES = "tributary.traces";

    private final Ledger ledger = new Ledger();
    private final Map<SourcePartition, Offsets> topics = new HashMap<>();
    private final Map<Reading, Long> commits = new HashMap<>();
    private final Map<SourcePartition, Set<Long>> markers = new HashMap<>();
    private final Map<String, Set<String>> stages = new HashMap<>();

    /** A stage's entry of [from, to) of a partition of the logs. */
    Entries entry(String stage, int partition, long from, long to, long gaps, Object... outcomes) {
        ledger.put(LedgerRange.entry(
                new Source(stage, "instance", Signal.LOGS, LOGS, partition), from, to, gaps, counts(outcomes)));
        return this;
    }

    /** A gateway's entry of a time slice, written to the logs. */
    Entries slice(String instance, String protocol, long from, Object... outcomes) {
        LedgerEntry entry = LedgerRange.entry(
                new Source("ingest-gateway", instance, Signal.LOGS, LOGS, -1), from, from + 1000, 0, counts(outcomes));
        entry.setProtocol(protocol);
        ledger.put(entry);
        return this;
    }

    Entries partition(String topic, int partition, long start, long end) {
        topics.put(new SourcePartition(topic, partition), new Offsets(start, end));
        return this;
    }

    Entries committed(String stage, int partition, long offset) {
        commits.put(new Reading(stage, new SourcePartition(LOGS, partition)), offset);
        return this;
    }

    /** Offsets of the logs that hold no record. */
    Entries markers(int partition, Long... offsets) {
        markers.put(new SourcePartition(LOGS, partition), Set.of(offsets));
        return this;
    }

    /** A stage that always reads the logs. */
    Entries expected(String stage) {
        stages.put(stage, Set.of(LOGS));
        return this;
    }

    /** Entries were there before, and are no longer. */
    Entries beginningExpired() {
        ledger.beginningExpired();
        return this;
    }

    Ledger ledger() {
        return ledger;
    }

    LedgerBalance balance() {
        Catalogue catalogue = new Catalogue(Map.of(LOGS, "logs", TRACES, "traces"), List.of(LOGS), Map.copyOf(stages));
        Set<Reading> readings = new TreeSet<>(commits.keySet());
        readings.addAll(stages.keySet().stream()
                .flatMap(stage -> topics.keySet().stream()
                        .filter(partition -> partition.topic().equals(LOGS))
                        .map(partition -> new Reading(stage, partition)))
                .collect(Collectors.toSet()));
        return Balancing.balance(catalogue, ledger, new Positions(topics, commits, readings, this::next));
    }

    StageBalance stage(String stage) {
        return balance().signals().stream()
                .flatMap(signal -> signal.stages().stream())
                .filter(one -> one.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    private long next(SourcePartition partition, long offset) {
        long next = offset;
        while (markers.getOrDefault(partition, Set.of()).contains(next)) {
            next++;
        }
        return next;
    }

    private static OutcomeCounts counts(Object... outcomes) {
        OutcomeCounts counts = new OutcomeCounts();
        for (int i = 0; i < outcomes.length; i += 2) {
            counts.add(i % 4 == 0 ? "default" : "acme", (Outcome) outcomes[i], ((Number) outcomes[i + 1]).longValue());
        }
        return counts;
    }
}
