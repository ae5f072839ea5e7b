package io.tributary.delivery.bulk;

import io.tributary.schemas.failure.Reason;
import java.util.Optional;

/** What Elasticsearch's answer to one item means. Decided on status and error type, never on words. */
public enum ItemVerdict {
    /** In the store. */
    STORED,
    /** In the failure store of its data stream. */
    DIVERTED,
    /** There already. */
    DUPLICATE,
    /** Another revision is there than the one that was read. */
    CONFLICT,
    /** Failed on the way: send it again. */
    RETRY,
    /** Elasticsearch is overloaded, or gave no answer in time: send it again later, and fewer at once. */
    THROTTLED,
    /** The index does not take documents now, and people must mend that: hold everything. */
    HOLD,
    /** The mapping refuses it for ever. */
    UNMAPPABLE(Reason.MAPPING),
    /** Too large for ever. */
    TOO_LARGE(Reason.TOO_LARGE),
    /** Refused for ever for another reason. */
    REFUSED(Reason.STORE_REFUSED);

    private final Optional<Reason> reason;

    ItemVerdict() {
        this.reason = Optional.empty();
    }

    ItemVerdict(Reason reason) {
        this.reason = Optional.of(reason);
    }

    /** Why it is rejected; empty unless it is. */
    public Optional<Reason> reason() {
        return reason;
    }

    /** The verdict on an item that asked for this operation and got this answer. */
    public static ItemVerdict of(Operation operation, BulkAnswer.Item item) {
        int status = item.status();
        if (status >= 200 && status < 300) {
            return item.diverted() ? DIVERTED : STORED;
        }
        return switch (status) {
            case 400 -> ofBadRequest(item.error().type());
            case 401, 403, 404 -> HOLD;
            case 408 -> RETRY;
            case 409 -> ofConflict(operation, item.error().type());
            case 413 -> TOO_LARGE;
            case 429 -> THROTTLED;
            default -> status >= 400 && status < 500 ? REFUSED : RETRY;
        };
    }

    private static ItemVerdict ofBadRequest(String type) {
        return switch (type) {
            case "document_parsing_exception",
                    "mapper_parsing_exception",
                    "mapper_exception",
                    "strict_dynamic_mapping_exception",
                    "time_series_dimension_exception" -> UNMAPPABLE;
            // Not the document's fault: the index is closed, or the cluster is full of shards.
            case "index_closed_exception", "validation_exception" -> HOLD;
            default -> REFUSED;
        };
    }

    private static ItemVerdict ofConflict(Operation operation, String type) {
        if (!type.equals("version_conflict_engine_exception")) {
            return RETRY;
        }
        return switch (operation) {
            case Operation.Create _, Operation.IndexVersion _ -> DUPLICATE;
            case Operation.IndexIf _ -> CONFLICT;
        };
    }
}
