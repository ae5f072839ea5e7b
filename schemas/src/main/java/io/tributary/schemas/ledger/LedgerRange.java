package io.tributary.schemas.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.topic.Signal;

/**
 * Counts what becomes of the records of one source partition, and turns the counts into ledger entries that join
 * without a hole. Records must be read in the order of their offsets. What is read and what becomes of it are counted
 * apart: a record that was read and has no outcome shows as unexplained. Not for use by several threads at once.
 */
public final class LedgerRange {
    /**
     * What a range is counted for.
     *
     * @param stage the stage that counts: its consumer group
     * @param instance the process that counts
     * @param signal the signal that the topic carries
     * @param topic the topic that is read
     * @param partition the partition that is read
     */
    public record Source(String stage, String instance, Signal signal, String topic, int partition) {}

    private final Source source;
    private final OutcomeCounts counts = new OutcomeCounts();
    private long from;
    private long next;
    private long gaps;
    /** Where the gaps begin; {@link Long#MAX_VALUE} if there is none. */
    private long firstGap = Long.MAX_VALUE;

    /** A range that begins at this offset: the one that the stage's consumption begins at. */
    public LedgerRange(Source source, long from) {
        this.source = source;
        this.from = from;
        this.next = from;
    }

    /** A range of the same source that begins where this one ends. */
    public LedgerRange following() {
        return new LedgerRange(source, next);
    }

    /** The range that an entry of this source describes, to be gone on with. */
    public static LedgerRange resume(Source source, LedgerEntry entry) {
        LedgerRange range = new LedgerRange(source, entry.getFrom());
        range.next = entry.getTo();
        range.gaps = entry.getGaps();
        range.firstGap = entry.getGaps() == 0 ? Long.MAX_VALUE : entry.getFrom();
        range.counts.addAll(entry.getCounts());
        return range;
    }

    /** First offset of the range. */
    public long from() {
        return from;
    }

    /** First offset that was not read yet. */
    public long next() {
        return next;
    }

    /**
     * Notes that the record at this offset was read. Offsets that were passed over held no record (transaction markers,
     * compaction).
     */
    public void read(long offset) {
        pass(offset);
        next = offset + 1;
    }

    private void pass(long offset) {
        if (offset < next) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: at least " + next + ")");
        }
        if (offset > next) {
            gaps += offset - next;
            firstGap = Math.min(firstGap, next);
        }
    }

    /** Notes that these offsets, from the next one or a later one on, are no longer in the topic. */
    public void expired(long from, long to) {
        pass(from);
        counts.add("", Outcome.EXPIRED, to - from);
        next = to;
    }

    /** Whether offsets were passed over. */
    public boolean hasGaps() {
        return gaps > 0;
    }

    /**
     * Tells expired records from gaps, for who cannot see which of them it passed over: what was passed over below the
     * topic's first offset, which must be asked for after the records were read, may have been records.
     */
    public void expiredAmongGaps(long first) {
        if (first > firstGap) {
            long expired = Math.min(gaps, first - firstGap);
            counts.add("", Outcome.EXPIRED, expired);
            gaps -= expired;
            firstGap = first;
        }
    }

    /** Counts what became of one record. */
    public void count(String tenant, Outcome outcome) {
        counts.add(tenant, outcome, 1);
    }

    /** Whether its counts are {@link OutcomeCounts#isFull() full}: it should end here. */
    public boolean isFull() {
        return counts.isFull();
    }

    /** The entry for all that was read and counted so far; the range goes on. */
    public LedgerEntry entry() {
        return entry(source, from, next, gaps, counts);
    }

    /** The entry for all that was read and counted so far; the next range begins where it ends. */
    public LedgerEntry close() {
        LedgerEntry entry = entry();
        counts.clear();
        from = next;
        gaps = 0;
        firstGap = Long.MAX_VALUE;
        return entry;
    }

    /** The entry of this source that covers [from, to) with these gaps and counts. */
    public static LedgerEntry entry(Source source, long from, long to, long gaps, OutcomeCounts counts) {
        LedgerEntry entry = new LedgerEntry();
        entry.setStage(source.stage());
        entry.setInstance(source.instance());
        entry.setSignal(source.signal().label());
        entry.setTopic(source.topic());
        entry.setPartition(source.partition());
        entry.setFrom(from);
        entry.setTo(to);
        entry.setGaps(gaps);
        entry.setProtocol("");
        entry.setCounts(counts.toList());
        return entry;
    }
}
