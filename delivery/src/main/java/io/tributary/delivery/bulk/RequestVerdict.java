package io.tributary.delivery.bulk;

/** What the HTTP status of a bulk request means. */
public enum RequestVerdict {
    /** Each item has an answer of its own. */
    ITEMS,
    /** Too large at once: send halves; a single item that is too large is rejected. */
    TOO_LARGE,
    /** One of the items spoils the request: send halves until it is found; a single one is rejected. */
    MALFORMED,
    /** Elasticsearch is overloaded, or gave no answer in time: send it again later, and fewer at once. */
    THROTTLED,
    /** Our credentials are refused: hold everything, and read them again. */
    UNAUTHORIZED,
    /** Not an answer that Elasticsearch gives to a well-formed request: hold everything until people mended that. */
    HOLD,
    /** Failed on the way: send it again. */
    RETRY;

    /** The verdict on this status. */
    public static RequestVerdict of(int status) {
        return switch (status) {
            case 200 -> ITEMS;
            case 400 -> MALFORMED;
            case 401, 403 -> UNAUTHORIZED;
            case 408 -> RETRY;
            case 413 -> TOO_LARGE;
            case 429 -> THROTTLED;
            default -> status >= 500 ? RETRY : HOLD;
        };
    }
}
