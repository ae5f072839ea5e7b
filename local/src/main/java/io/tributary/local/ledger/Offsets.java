package io.tributary.local.ledger;

/**
 * Offsets of a partition: [start, end).
 *
 * @param start the first offset that the partition still holds
 * @param end the offset that the next record gets; of a topic that is written in transactions, the first one that is
 *     not decided yet
 */
public record Offsets(long start, long end) {
    boolean isEmpty() {
        return start >= end;
    }

    long size() {
        return Math.max(0, end - start);
    }

    /** What of these offsets is below the limit. */
    Offsets below(long limit) {
        return new Offsets(start, Math.min(end, limit));
    }

    /** What of these offsets is at the limit or above it. */
    Offsets from(long limit) {
        return new Offsets(Math.max(start, limit), end);
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
