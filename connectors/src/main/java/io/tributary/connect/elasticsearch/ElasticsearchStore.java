package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.Decoded;
import io.tributary.connect.sink.Fate;
import io.tributary.connect.sink.Mapped;
import io.tributary.connect.sink.Store;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Operation;
import io.tributary.delivery.bulk.Settlement;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.failure.RetryableException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes assembled traces and service edges through the bulk writer, which sends documents again by itself: a batch
 * that comes again because they are still on their way is only looked at.
 */
final class ElasticsearchStore implements Store<Documents> {
    /** For how long the consumer may wait, which must be looked after, as must the worker that stops it. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ElasticsearchHttp elasticsearch;
    private final BulkWriter writer;
    private final TraceRevisions revisions;
    private final KnownServices services = new KnownServices();

    /**
     * A store.
     *
     * @param writer started; closed with the store, as is the connection
     */
    ElasticsearchStore(ElasticsearchHttp elasticsearch, BulkWriter writer, Clock clock) {
        this.elasticsearch = elasticsearch;
        this.writer = writer;
        this.revisions = new TraceRevisions(elasticsearch, writer, clock);
    }

    @Override
    public Mapped<Documents> map(Decoded decoded) {
        Documents documents = switch (decoded.value()) {
            case Trace trace -> of(trace);
            case ServiceEdge edge -> of(edge, decoded.version());
            default ->
                throw new IllegalArgumentException(
                        "neither trace nor edge: " + decoded.value().getClass());
        };
        return new Mapped.Write<>(documents, Math.max(1, documents.bytes()));
    }

    private static Documents of(ServiceEdge edge, long version) {
        List<Documents.PlannedReplacement> replacing = EdgeDocuments.of(edge).stream()
                .map(document -> new Documents.PlannedReplacement(new Planned(document), version))
                .toList();
        return new Documents(List.of(), List.of(), replacing, Optional.empty());
    }

    private Documents of(Trace trace) {
        Map<String, Document> listed = new LinkedHashMap<>();
        for (Span span : trace.getSpans()) {
            Document service = JaegerSpan.service(span);
            if (!services.has(service)) {
                listed.put(service.index() + '/' + service.id(), service);
            }
        }
        return new Documents(
                trace.getSpans().stream()
                        .map(span -> new Planned(JaegerSpan.of(span)))
                        .toList(),
                listed.values().stream().map(Planned::new).toList(),
                List.of(),
                Optional.of(new Documents.PlannedTrace(new Planned(TraceDocument.of(trace)), trace.getRevision())));
    }

    @Override
    public Optional<List<Fate>> write(List<Documents> batch) {
        for (Documents documents : batch) {
            documents.created().forEach(planned -> planned.submit(writer, new Operation.Create()));
            documents.services().forEach(planned -> planned.submit(writer, new Operation.Create()));
        }
        replace(batch);
        revisions.submit(batch.stream().flatMap(one -> one.trace().stream()).toList());
        if (!areSettled(batch)) {
            return Optional.empty();
        }
        readAgainAfterConflicts(batch);
        batch.forEach(this::remember);
        return Optional.of(batch.stream().map(Documents::fate).toList());
    }

    /**
     * Of documents with one id the newest is written, and only over an older one: whoever had the partition before may
     * still be at an earlier batch.
     */
    private void replace(List<Documents> batch) {
        Map<String, Documents.PlannedReplacement> newest = new HashMap<>();
        for (Documents documents : batch) {
            for (Documents.PlannedReplacement planned : documents.replacing()) {
                Planned document = planned.document();
                if (!document.isSubmitted()) {
                    newest.merge(document.index() + '/' + document.id(), planned, ElasticsearchStore::newer);
                }
            }
        }
        newest.values()
                .forEach(planned -> planned.document().submit(writer, new Operation.IndexVersion(planned.version())));
    }

    /** The newer one; the other is superseded before it was written, and settled so. */
    private static Documents.PlannedReplacement newer(
            Documents.PlannedReplacement one, Documents.PlannedReplacement other) {
        boolean otherWins = other.version() > one.version();
        (otherWins ? one : other).document().settle(new Settlement.Duplicate());
        return otherWins ? other : one;
    }

    /** Whether what becomes of all of them is known, after a moment at the latest. */
    private static boolean areSettled(List<Documents> batch) {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(batch.stream().map(Documents::settled).toArray(CompletableFuture[]::new));
        try {
            all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("settlements never fail", e);
        }
    }

    private static void readAgainAfterConflicts(List<Documents> batch) {
        boolean conflict = false;
        for (Documents documents : batch) {
            if (documents.trace().isPresent()) {
                Planned summary = documents.trace().get().document();
                if (summary.settlement().join() instanceof Settlement.Conflict) {
                    summary.reset();
                    conflict = true;
                }
            }
        }
        if (conflict) {
            throw new RetryableException("a summary of a trace was written by somebody else meanwhile");
        }
    }

    private void remember(Documents documents) {
        for (Planned service : documents.services()) {
            if (!(service.settlement().join() instanceof Settlement.Rejected)) {
                services.add(service);
            }
        }
    }

    @Override
    public long bytesInFlight() {
        return writer.bytesInFlight();
    }

    @Override
    public void close() {
        writer.close();
        elasticsearch.close();
    }
}
