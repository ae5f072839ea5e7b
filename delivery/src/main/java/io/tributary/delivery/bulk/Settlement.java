package io.tributary.delivery.bulk;

import io.tributary.schemas.failure.Reason;

/** What became of an item, finally. */
public sealed interface Settlement {

    /**
     * It is in the store, and was not before.
     *
     * @param diverted whether its data stream's failure store took it, because the mapping refused it
     */
    record Stored(boolean diverted) implements Settlement {}

    /** It was there already. */
    record Duplicate() implements Settlement {}

    /** Somebody else wrote since the revision was read; only for {@link Operation.IndexIf}. Read again and decide. */
    record Conflict() implements Settlement {}

    /**
     * It can never be stored: dead-letter it.
     *
     * @param reason why
     * @param message why, in words, without the document
     */
    record Rejected(Reason reason, String message) implements Settlement {}
}
