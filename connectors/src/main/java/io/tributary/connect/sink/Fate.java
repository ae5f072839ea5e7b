package io.tributary.connect.sink;

import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.ledger.Outcome;

/** What became of a record: every record gets exactly one fate before its offset is committed. */
public sealed interface Fate {
    /** The record is in the store, and counts as stored now. */
    Fate STORED = new Settled(Outcome.STORED);
    /** The store had it already. */
    Fate DUPLICATE = new Settled(Outcome.DUPLICATE);

    /** Done with; nothing more to do than to count it. */
    record Settled(Outcome outcome) implements Fate {}

    /** The store, or the contract, can never take it: it becomes a dead letter. */
    record Refused(RejectedException cause) implements Fate {}

    /** Given up on purpose for a named reason. */
    static Fate dropped(String reason) {
        return new Settled(Outcome.dropped(reason));
    }
}
