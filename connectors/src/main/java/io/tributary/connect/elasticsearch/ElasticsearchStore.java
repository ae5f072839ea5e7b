package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.Decoded;
import io.tributary.connect.sink.Fate;
import io.tributary.connect.sink.Mapped;
import io.tributary.connect.sink.Store;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Circuit;
import io.tributary.delivery.bulk.Operation;
import io.tributary.delivery.bulk.Settlement;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.failure.RetryableException;
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
 * Writes assembled traces and service edges through the bulk writer. A batch whose documents are still on their way
 * when the time is up is asked for again: its documents are not sent twice.
 */
final class ElasticsearchStore implements Store<Documents> {
    private final ElasticsearchHttp elasticsearch;
    private final BulkWriter writer;
    private final TraceRevisions revisions;
    private final KnownServices services = new KnownServices();
    private final Duration patience;

    /**
     * A store.
     *
     * @param writer started; closed with the store, as is the connection
     * @param patience how long to wait for documents on their way before the consumer must be looked after
     */
    ElasticsearchStore(ElasticsearchHttp elasticsearch, BulkWriter writer, Duration patience) {
        this.elasticsearch = elasticsearch;
        this.writer = writer;
        this.revisions = new TraceRevisions(elasticsearch, writer);
        this.patience = patience;
    }

    @Override
    public Mapped<Documents> map(Decoded decoded) {
        Documents documents = switch (decoded.value()) {
            case Trace trace -> of(trace);
            case ServiceEdge edge ->
                new Documents(
                        List.of(),
                        List.of(),
                        EdgeDocuments.of(edge).stream().map(Planned::new).toList(),
                        Optional.empty());
            default ->
                throw new IllegalArgumentException(
                        "neither trace nor edge: " + decoded.value().getClass());
        };
        return new Mapped.Write<>(documents, Math.max(1, documents.bytes()));
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
    public List<Fate> write(List<Documents> batch) {
        for (Documents documents : batch) {
            documents.created().forEach(planned -> planned.submit(writer, new Operation.Create()));
            documents.services().forEach(planned -> planned.submit(writer, new Operation.Create()));
        }
        replace(batch);
        revisions.submit(batch.stream().flatMap(one -> one.trace().stream()).toList());
        await(batch);
        readAgainAfterConflicts(batch);
        batch.forEach(this::remember);
        return batch.stream().map(Documents::fate).toList();
    }

    /** Of documents with one id the last is written: requests under way at once could overtake each other. */
    private void replace(List<Documents> batch) {
        Map<String, Planned> last = new HashMap<>();
        for (Documents documents : batch) {
            for (Planned planned : documents.replaced()) {
                if (!planned.isSubmitted()) {
                    Planned earlier = last.put(planned.index() + '/' + planned.id(), planned);
                    if (earlier != null) {
                        earlier.settle(new Settlement.Duplicate());
                    }
                }
            }
        }
        last.values().forEach(planned -> planned.submit(writer, new Operation.Index()));
    }

    private void await(List<Documents> batch) {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(batch.stream().map(Documents::settled).toArray(CompletableFuture[]::new));
        try {
            all.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String why = writer.circuit()
                    .interruption()
                    .map(Circuit.Interruption::reason)
                    .orElse("slow");
            throw new RetryableException("documents are on their way: " + why, e);
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
            throw new RetryableException("a trace was changed by another task meanwhile");
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
    public void close() {
        writer.close();
        elasticsearch.close();
    }
}
