package io.tributary.connect.elasticsearch;

import io.tributary.delivery.arena.Slice;
import io.tributary.delivery.bulk.BulkItem;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Operation;
import io.tributary.delivery.bulk.Settlement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A document that is to be written, is on its way, or is settled; it is handed to the bulk writer once. */
final class Planned {
    private final String index;
    private final String id;
    private final byte[] source;
    private Optional<CompletableFuture<Settlement>> delivery = Optional.empty();

    Planned(Document document) {
        this.index = document.index();
        this.id = document.id();
        this.source = JsonText.bytes(document.fields());
    }

    String index() {
        return index;
    }

    String id() {
        return id;
    }

    int bytes() {
        return source.length;
    }

    boolean isSubmitted() {
        return delivery.isPresent();
    }

    /**
     * Hands it to the writer, to be created in its data stream by whoever is first: if one with its id is there, also
     * in an older backing index, it settles as {@link Settlement.Conflict}.
     *
     * @param absentAt when it was looked for and not there, in milliseconds since the epoch UTC
     */
    void submitFirst(BulkWriter writer, long absentAt) {
        submit(writer, new Operation.Create(), index, absentAt);
        delivery = Optional.of(settlement()
                .thenApply(settlement ->
                        settlement instanceof Settlement.Duplicate ? new Settlement.Conflict() : settlement));
    }

    /** Hands it to the writer, for its own index; does nothing if it was handed over before. */
    void submit(BulkWriter writer, Operation operation) {
        submit(writer, operation, index);
    }

    /** Hands it to the writer, for this backing index of its data stream. */
    void submit(BulkWriter writer, Operation operation, String backingIndex) {
        submit(writer, operation, backingIndex, BulkItem.NEVER_WRITTEN);
    }

    private void submit(BulkWriter writer, Operation operation, String target, long possiblyWrittenSince) {
        if (delivery.isEmpty()) {
            CompletableFuture<Settlement> future = new CompletableFuture<>();
            delivery = Optional.of(future);
            writer.submit(
                    new BulkItem(target, operation, id, Slice.of(source), possiblyWrittenSince, future::complete));
        }
    }

    /** Settles it without the writer. */
    void settle(Settlement settlement) {
        delivery = Optional.of(CompletableFuture.completedFuture(settlement));
    }

    /** Makes it as if it had never been handed over. */
    void reset() {
        delivery = Optional.empty();
    }

    /** What becomes of it; {@link IllegalStateException} if it was not handed over. */
    CompletableFuture<Settlement> settlement() {
        return delivery.orElseThrow(() -> new IllegalStateException(id + ": not submitted"));
    }
}
