package io.tributary.delivery.elasticsearch;

/**
 * What Elasticsearch answered.
 *
 * @param status the HTTP status
 * @param body the body as it came; empty if there was none
 */
@SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
public record ElasticsearchAnswer(int status, byte[] body) {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** Whether our credentials are refused, or do not allow what was asked for. */
    public boolean isAccessRefused() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }
}
