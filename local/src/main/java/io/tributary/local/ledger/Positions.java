package io.tributary.local.ledger;

import java.util.Map;
import java.util.Set;

/**
 * What Kafka knows, to be held against what the ledger says. Must be asked for before the ledger is read (commits) and
 * after it (topics), so that nothing that happens meanwhile looks like a difference.
 *
 * @param topics the offsets of every partition of every topic that is balanced
 * @param commits what each stage has committed; nothing where it has committed nothing
 * @param readings who is known to read what, entries or not
 * @param records where records are
 */
record Positions(
        Map<SourcePartition, Offsets> topics, Map<Reading, Long> commits, Set<Reading> readings, Records records) {

    /** Tells offsets with a record from those without: transaction markers, aborted or compacted records. */
    @FunctionalInterface
    interface Records {
        /** The first offset from this one on that holds a record; the partition's end if there is none. */
        long next(SourcePartition partition, long offset);
    }
}
