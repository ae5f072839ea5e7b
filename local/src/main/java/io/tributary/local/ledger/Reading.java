package io.tributary.local.ledger;

import java.util.Comparator;

/**
 * A stage that reads a partition.
 *
 * @param stage the stage: its consumer group
 * @param source what it reads
 */
public record Reading(String stage, SourcePartition source) implements Comparable<Reading> {
    private static final Comparator<Reading> ORDER = Comparator.comparing(Reading::stage)
            .thenComparing(reading -> reading.source().topic())
            .thenComparingInt(reading -> reading.source().number());

    @Override
    public int compareTo(Reading other) {
        return ORDER.compare(this, other);
    }
}
