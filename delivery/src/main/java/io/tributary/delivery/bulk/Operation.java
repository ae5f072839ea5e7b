package io.tributary.delivery.bulk;

/**
 * What to do with a document. Elasticsearch: "Bulk API". None writes over whatever is there: requests under way at once
 * overtake each other, and an older document would stay.
 */
public sealed interface Operation {

    /** Write it unless one with its id is there, which makes it a duplicate. The only operation on data streams. */
    record Create() implements Operation {}

    /**
     * Write it over the very revision that was read, else settle as {@link Settlement.Conflict}.
     *
     * @param seqNo {@code _seq_no} of that revision
     * @param primaryTerm {@code _primary_term} of that revision
     */
    record IndexIf(long seqNo, long primaryTerm) implements Operation {}

    /**
     * Write it over any with a lower version; the same or a higher one makes it a duplicate.
     *
     * @param version external version; at least 0
     */
    record IndexVersion(long version) implements Operation {}
}
