package io.tributary.local.ledger;

import java.util.List;

/**
 * The balance of one signal.
 *
 * @param signal the signal, such as {@code logs}
 * @param entries what came in, by topic
 * @param stages what became of it, by stage and topic
 */
public record SignalBalance(String signal, List<EntryBalance> entries, List<StageBalance> stages) {
    public SignalBalance {
        entries = List.copyOf(entries);
        stages = List.copyOf(stages);
    }

    /** Records that clients sent. */
    public long accepted() {
        return entries.stream().mapToLong(EntryBalance::accepted).sum();
    }

    /** Records that the topics were given from outside. */
    public long inTopic() {
        return entries.stream().mapToLong(EntryBalance::inTopic).sum();
    }

    /** Records that some stage has yet to deal with. */
    public long inFlight() {
        return stages.stream().mapToLong(StageBalance::inFlight).sum();
    }

    /** Records that nobody can tell the fate of, at all stages. */
    public long unexplained() {
        return entries.stream().mapToLong(EntryBalance::unexplained).sum()
                + stages.stream().mapToLong(StageBalance::unexplained).sum();
    }
}
