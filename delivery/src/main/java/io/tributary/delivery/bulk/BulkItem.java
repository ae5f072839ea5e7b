package io.tributary.delivery.bulk;

import io.tributary.delivery.arena.Slice;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A document on its way to Elasticsearch.
 *
 * @param target the data stream or index
 * @param operation what to do
 * @param id the document's id; deterministic, so that sending it again is harmless
 * @param source the document as JSON on one line (no line breaks), sent as it is; the writer releases it when the
 *     document is settled
 * @param possiblyWrittenSince from when on this document may have been written by an earlier attempt that nobody
 *     remembers, in milliseconds since the epoch UTC: the time of its Kafka record. Ids are unique within one backing
 *     index of a data stream only, so for a document that is older than the newest backing index the older ones are
 *     asked first. {@link #NEVER_WRITTEN} for no such look-up
 * @param completion called once, with what became of it, from a thread of the writer; must neither block nor throw
 */
public record BulkItem(
        String target,
        Operation operation,
        String id,
        Slice source,
        long possiblyWrittenSince,
        Consumer<Settlement> completion) {

    /** This document cannot be in an older backing index, or its target is a plain index. */
    public static final long NEVER_WRITTEN = Long.MAX_VALUE;

    private static final int OVERHEAD_BYTES = 128;
    private static final Operation CREATE = new Operation.Create();

    /** Refuses nulls. */
    public BulkItem {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(completion, "completion");
    }

    /** Creates the document unless one with its id is there. */
    public static BulkItem create(
            String target, String id, Slice source, long possiblyWrittenSince, Consumer<Settlement> completion) {
        return new BulkItem(target, CREATE, id, source, possiblyWrittenSince, completion);
    }

    /** Creates the document in a plain index unless one with its id is there. */
    public static BulkItem create(String index, String id, byte[] source, Consumer<Settlement> completion) {
        return create(index, id, Slice.of(source), NEVER_WRITTEN, completion);
    }

    /** Writes the document over any with its id and a lower version; the higher version wins in whatever order. */
    public static BulkItem indexVersion(
            String index, String id, long version, byte[] source, Consumer<Settlement> completion) {
        return new BulkItem(
                index, new Operation.IndexVersion(version), id, Slice.of(source), NEVER_WRITTEN, completion);
    }

    /** About how many bytes the item takes in a request and in memory. */
    public int bytes() {
        return source.length() + OVERHEAD_BYTES;
    }
}
