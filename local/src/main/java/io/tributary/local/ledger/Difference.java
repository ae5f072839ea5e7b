package io.tributary.local.ledger;

import java.util.Comparator;

/**
 * Records that nobody can tell the fate of.
 *
 * @param signal the signal that they belong to
 * @param stage the stage that should know
 * @param topic the topic
 * @param partition the partition; -1 where the whole topic is meant
 * @param from the first offset of the range that they are in; -1 where the whole topic is meant
 * @param to the first offset after the range; -1 where the whole topic is meant
 * @param records how many there are; negative if more is told of than there was
 * @param why what does not add up, for people
 */
public record Difference(
        String signal, String stage, String topic, int partition, long from, long to, long records, String why) {
    static final Comparator<Difference> ORDER = Comparator.comparing(Difference::signal)
            .thenComparing(Difference::stage)
            .thenComparing(Difference::topic)
            .thenComparingInt(Difference::partition)
            .thenComparingLong(Difference::from);

    /** The difference in one line. */
    public String line() {
        String where = partition < 0 ? "" : " partition " + partition + " offsets [" + from + ", " + to + ")";
        return stage + ": " + topic + where + ": " + records + (records == 1 ? " record" : " records")
                + " unexplained (" + why + ")";
    }
}
