package io.tributary.delivery.bulk;

import io.tributary.delivery.elasticsearch.ElasticsearchError;
import io.tributary.schemas.failure.Reason;

/** Elasticsearch's refusal of a document, in words that do not repeat the document. */
final class Rejection {
    /** What Elasticsearch puts before the beginning of a value that it could not read. */
    private static final String PREVIEW = "Preview of field's value";

    private Rejection() {}

    static Settlement.Rejected of(Reason reason, ElasticsearchError error) {
        int preview = error.reason().indexOf(PREVIEW);
        String words = preview < 0
                ? error.reason()
                : error.reason().substring(0, preview).strip();
        return new Settlement.Rejected(reason, error.type() + ": " + words);
    }
}
