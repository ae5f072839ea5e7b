package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.Fate;
import io.tributary.delivery.bulk.Settlement;
import io.tributary.schemas.failure.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What one record writes.
 *
 * @param created documents that are written once and never change
 * @param services documents that list services and operations; many records have the same
 * @param replacing documents of plain indices that replace those of earlier records, and are replaced by later ones
 * @param trace the trace's summary
 */
record Documents(
        List<Planned> created,
        List<Planned> services,
        List<PlannedReplacement> replacing,
        Optional<PlannedTrace> trace) {
    /**
     * A trace's summary and its revision.
     *
     * @param document the document
     * @param revision the revision; the newest wins
     */
    record PlannedTrace(Planned document, int revision) {}

    /**
     * A document that replaces those of earlier records.
     *
     * @param document the document
     * @param version the record's; the greatest wins
     */
    record PlannedReplacement(Planned document, long version) {}

    int bytes() {
        return all().stream().mapToInt(Planned::bytes).sum();
    }

    List<Planned> all() {
        List<Planned> all = new ArrayList<>(created);
        all.addAll(services);
        replacing.forEach(planned -> all.add(planned.document()));
        trace.ifPresent(planned -> all.add(planned.document()));
        return all;
    }

    /** Done when all documents are settled. */
    CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(all().stream().map(Planned::settlement).toArray(CompletableFuture[]::new));
    }

    /** Stored if any document is new, refused if any is refused, else a duplicate. All must be settled. */
    Fate fate() {
        Fate fate = Fate.DUPLICATE;
        for (Planned planned : all()) {
            switch (planned.settlement().join()) {
                case Settlement.Rejected rejected -> {
                    return new Fate.Refused(new RejectedException(
                            rejected.reason(), planned.index() + '/' + planned.id() + ": " + rejected.message()));
                }
                case Settlement.Stored _ -> fate = Fate.STORED;
                case Settlement.Duplicate _ -> {}
                case Settlement.Conflict _ -> throw new IllegalStateException(planned.id() + ": a conflict is no end");
            }
        }
        return fate;
    }
}
