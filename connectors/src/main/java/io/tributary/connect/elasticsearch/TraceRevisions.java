package io.tributary.connect.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Operation;
import io.tributary.delivery.bulk.Settlement;
import io.tributary.delivery.elasticsearch.ElasticsearchAnswer;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.schemas.failure.RetryableException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes summaries so that every trace has one document, of its newest revision. A data stream only takes new
 * documents, and an id is unique within one of its backing indices only; so the backing indices are asked first, in
 * real time. What is not there is created; what is there with an older revision is replaced where it is; what is there
 * with the same or a newer revision stays. Where somebody else wrote since we asked, that is a conflict, and we ask
 * again: it may have been an older revision. The writer sees that also where a rollover lies between.
 */
final class TraceRevisions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final ElasticsearchHttp elasticsearch;
    private final BulkWriter writer;
    private final Clock clock;

    TraceRevisions(ElasticsearchHttp elasticsearch, BulkWriter writer, Clock clock) {
        this.elasticsearch = elasticsearch;
        this.writer = writer;
        this.clock = clock;
    }

    /** A document that is there. */
    private record Present(String backingIndex, int revision, long seqNo, long primaryTerm) {}

    /**
     * Hands every summary that is not on its way to the writer; {@link RetryableException} if Elasticsearch is away.
     */
    void submit(Collection<Documents.PlannedTrace> summaries) {
        Map<String, Map<String, Documents.PlannedTrace>> newest = new LinkedHashMap<>();
        for (Documents.PlannedTrace summary : summaries) {
            if (!summary.document().isSubmitted()) {
                newest.computeIfAbsent(summary.document().index(), unseen -> new LinkedHashMap<>())
                        .merge(summary.document().id(), summary, TraceRevisions::newer);
            }
        }
        newest.forEach((stream, byId) -> {
            long askedAt = clock.millis();
            Map<String, Present> present = present(stream, byId.keySet());
            byId.forEach((id, summary) -> submit(summary, present.get(id), askedAt));
        });
    }

    /** The newer one; the other is superseded before it was written, and settled so. */
    private static Documents.PlannedTrace newer(Documents.PlannedTrace one, Documents.PlannedTrace other) {
        boolean otherWins = other.revision() > one.revision();
        (otherWins ? one : other).document().settle(new Settlement.Duplicate());
        return otherWins ? other : one;
    }

    private void submit(Documents.PlannedTrace summary, Present present, long askedAt) {
        Planned document = summary.document();
        if (present == null) {
            document.submitFirst(writer, askedAt);
        } else if (present.revision() < summary.revision()) {
            document.submit(
                    writer, new Operation.IndexIf(present.seqNo(), present.primaryTerm()), present.backingIndex());
        } else {
            document.settle(new Settlement.Duplicate());
        }
    }

    private Map<String, Present> present(String stream, Collection<String> ids) {
        JsonNode description = get("GET", "/_resolve/index/" + stream, "");
        List<Map<String, String>> wanted = new ArrayList<>();
        for (JsonNode index : description.at("/data_streams/0/backing_indices")) {
            for (String id : ids) {
                wanted.add(Map.of("_index", index.asText(), "_id", id));
            }
        }
        Map<String, Present> present = new HashMap<>();
        if (!wanted.isEmpty()) {
            JsonNode answer = get(
                    "POST", "/_mget?_source_includes=" + TraceDocument.REVISION, JsonText.of(Map.of("docs", wanted)));
            for (JsonNode document : answer.path("docs")) {
                if (document.has("error")) {
                    throw new RetryableException("look up traces in " + stream + ": "
                            + document.at("/error/type").asText());
                }
                if (document.path("found").asBoolean()) {
                    // Of two, the one in the newer index is about to be taken out again.
                    present.putIfAbsent(document.path("_id").asText(), read(document));
                }
            }
        }
        return present;
    }

    private static Present read(JsonNode document) {
        return new Present(
                document.path("_index").asText(),
                document.path("_source").path(TraceDocument.REVISION).asInt(),
                document.path("_seq_no").asLong(),
                document.path("_primary_term").asLong());
    }

    /** The answer; an empty object if there is no such data stream yet. */
    private JsonNode get(String method, String path, String body) {
        try {
            ElasticsearchAnswer answer = elasticsearch.send(method, path, body);
            if (answer.isSuccess()) {
                return JSON.readTree(answer.body());
            }
            if (answer.status() == NOT_FOUND) {
                return JSON.createObjectNode();
            }
            throw new RetryableException(method + ' ' + path + ": HTTP " + answer.status());
        } catch (IOException e) {
            throw new RetryableException(method + ' ' + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryableException(method + ' ' + path + ": interrupted", e);
        }
    }
}
