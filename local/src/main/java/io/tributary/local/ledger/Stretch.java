package io.tributary.local.ledger;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.ledger.OutcomeCounts;

/**
 * What one ledger entry says of a partition.
 *
 * @param offsets what it covers
 * @param gaps how many of the offsets hold no record
 * @param tally what became of the records
 */
record Stretch(Offsets offsets, long gaps, Tally tally) {

    static Stretch of(LedgerEntry entry) {
        OutcomeCounts counts = new OutcomeCounts();
        counts.addAll(entry.getCounts());
        Tally tally = new Tally();
        counts.toList().forEach(one -> tally.add(new Outcome(one.getOutcome()), one.getCount()));
        return new Stretch(new Offsets(entry.getFrom(), entry.getTo()), entry.getGaps(), tally);
    }

    /** Records that were read and of which nothing is told; negative if more is told than was read. */
    long unexplained() {
        return offsets.size() - gaps - tally.total();
    }

    /** This stretch without the offsets below the limit, which another one tells of. */
    Stretch from(long limit) {
        Offsets rest = offsets.from(limit);
        if (rest.equals(offsets)) {
            return this;
        }
        Tally reduced = new Tally();
        reduced.addAll(tally);
        long left = reduced.take(offsets.size() - rest.size());
        return new Stretch(rest, Math.max(0, gaps - left), reduced);
    }
}
