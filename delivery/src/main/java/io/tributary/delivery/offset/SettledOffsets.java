package io.tributary.delivery.offset;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * What became of the records that were read from one partition. Records are read in the order of their offsets and
 * settled in any order; only the offset below which every record is settled may be committed, because whatever is
 * committed is never read again.
 *
 * <p>A commit cycle is: take {@link #nextEntry()}, publish it and await its acknowledgement, commit its {@code to},
 * call {@link #committed}. The entries join without a hole, each begins at the previous commit, and each covers exactly
 * what its commit covers, so that after a crash the next entry has the same key and replaces the last one.
 *
 * <p>Safe for use by many threads.
 */
public final class SettledOffsets {
    /** What a record costs here until it is committed, in bytes: it bounds how far settling may run ahead. */
    public static final int BYTES_PER_RECORD = 64;

    private static final int FIRST_CAPACITY = 256;
    /** What an entry with full counts takes in memory, in bytes. */
    private static final int ENTRY_BYTES = 512 << 10;

    private record Fate(String tenant, Outcome outcome) {}

    private static final Fate EXPIRED = new Fate("", Outcome.EXPIRED);

    private final LedgerRange.Source source;
    private final OutcomeCounts counts = new OutcomeCounts();

    // A ring of the records between the lowest unsettled offset and the last one read, in the order of their offsets.
    private long[] offsets = new long[FIRST_CAPACITY];
    private int[] weights = new int[FIRST_CAPACITY];
    private Fate[] fates = new Fate[FIRST_CAPACITY];
    private int head;
    private int size;

    private Fate lastFate = new Fate("", Outcome.STORED);
    /** The entries that ended and are not committed, the oldest first; all but the first are full. */
    private final Deque<LedgerEntry> entries = new ArrayDeque<>();

    private long from;
    private long settledTo;
    private long readTo;
    private long gaps;
    private long bytes;

    /** Nothing was read yet; reading and the first ledger entry begin at this offset: the last commit. */
    public SettledOffsets(LedgerRange.Source source, long from) {
        this.source = source;
        this.from = from;
        this.settledTo = from;
        this.readTo = from;
    }

    /**
     * Notes that the record at this offset was read and holds this many bytes of memory until it is settled. Offsets
     * that were passed over held no record.
     */
    public synchronized void read(long offset, int weight) {
        if (offset < readTo) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: at least " + readTo + ")");
        }
        if (size == offsets.length) {
            grow();
        }
        int slot = slot(size);
        offsets[slot] = offset;
        weights[slot] = weight;
        size++;
        readTo = offset + 1;
        bytes += weight + BYTES_PER_RECORD;
    }

    /**
     * Notes that the consumer's position is here: below it there are no further records than those read (transaction
     * markers and compaction leave such offsets). Counts once all that was read is settled, so call it again and again.
     */
    public synchronized void passed(long position) {
        if (size == 0 && position > settledTo) {
            gaps += position - settledTo;
            settledTo = position;
            readTo = position;
        }
    }

    /**
     * Notes that what was to be read next is no longer in the topic, whose first offset is this one. Changes nothing if
     * that is not above all that was read.
     */
    public synchronized void expired(long first) {
        if (first > readTo) {
            read(first - 1, 0);
            fates[slot(size - 1)] = EXPIRED;
            popSettled();
        }
    }

    /** Notes what became of the record at this offset; {@link IllegalStateException} if it is not waiting for that. */
    public synchronized void settle(long offset, String tenant, Outcome outcome) {
        int index = indexOf(offset);
        if (index < 0 || fates[slot(index)] != null) {
            throw new IllegalStateException("offset: " + offset + " of " + source.topic() + '-' + source.partition()
                    + " (expected: read and not settled yet)");
        }
        int slot = slot(index);
        fates[slot] = fate(tenant, outcome);
        bytes -= weights[slot];
        weights[slot] = 0;
        popSettled();
    }

    /** The offset above all that was read. */
    public synchronized long readTo() {
        return readTo;
    }

    /** The offset that was committed last, or else the one that reading began at. */
    public synchronized long committedTo() {
        return entries.isEmpty() ? from : entries.element().getFrom();
    }

    /** The lowest offset that is not settled: the one that may be committed. */
    public synchronized long settledTo() {
        return settledTo;
    }

    /**
     * How many bytes the records hold that are read and not settled, the notes on those not covered yet, and the
     * entries that wait for another to be committed.
     */
    public synchronized long bytesInFlight() {
        return bytes + (long) ENTRY_BYTES * Math.max(0, entries.size() - 1);
    }

    /** How many records were read and are at or above {@link #settledTo()}. */
    public synchronized int recordsInFlight() {
        return size;
    }

    /**
     * The ledger entry to publish before its {@code to} is committed; the same one until {@link #committed}. Empty if
     * nothing was settled since. It covers all that is settled, or less if that has more counts than one entry takes.
     */
    public synchronized Optional<LedgerEntry> nextEntry() {
        if (entries.isEmpty() && settledTo > from) {
            endEntry();
        }
        return Optional.ofNullable(entries.peek());
    }

    /**
     * Whether an entry waits to be committed. If so after {@link #committed}, it is a full one, and the next cycle
     * should begin at once.
     */
    public synchronized boolean isBehind() {
        return !entries.isEmpty();
    }

    /**
     * Notes that this offset is committed: the {@code to} of {@link #nextEntry()}. An older one, which a late answer
     * brings, changes nothing.
     */
    public synchronized void committed(long to) {
        if (!entries.isEmpty() && entries.element().getTo() == to) {
            entries.remove();
        }
    }

    private void endEntry() {
        entries.add(LedgerRange.entry(source, from, settledTo, gaps, counts));
        counts.clear();
        gaps = 0;
        from = settledTo;
    }

    private void popSettled() {
        while (size > 0 && fates[head] != null) {
            Fate fate = fates[head];
            long before = offsets[head] - settledTo;
            // What expired has one place here, at its last offset.
            long records = fate.outcome().equals(Outcome.EXPIRED) ? before + 1 : 1;
            counts.add(fate.tenant(), fate.outcome(), records);
            gaps += before + 1 - records;
            settledTo = offsets[head] + 1;
            bytes -= BYTES_PER_RECORD;
            fates[head] = null;
            head = slot(1);
            size--;
            if (counts.isFull()) {
                endEntry();
            }
        }
    }

    private Fate fate(String tenant, Outcome outcome) {
        if (!lastFate.tenant().equals(tenant) || !lastFate.outcome().equals(outcome)) {
            lastFate = new Fate(tenant, outcome);
        }
        return lastFate;
    }

    private int indexOf(long offset) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compare(offsets[slot(middle)], offset);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int slot(int index) {
        return (head + index) & (offsets.length - 1);
    }

    private void grow() {
        int capacity = offsets.length;
        offsets = Arrays.copyOf(offsets, 2 * capacity);
        weights = Arrays.copyOf(weights, 2 * capacity);
        fates = Arrays.copyOf(fates, 2 * capacity);
        // What had wrapped around to the front now follows the old end.
        System.arraycopy(offsets, 0, offsets, capacity, head);
        System.arraycopy(weights, 0, weights, capacity, head);
        System.arraycopy(fates, 0, fates, capacity, head);
        Arrays.fill(fates, 0, head, null);
    }
}
