package io.tributary.gateway.otlp;

import com.google.rpc.Code;
import java.util.Locale;

/**
 * Why a request was not taken as a whole, in the words of HTTP and gRPC. OTLP: "Failures" and "Throttling" of both.
 * Only what may be sent again tells when.
 */
enum Problem {
    /** The body is not an OTLP request. */
    UNDECODABLE(400, Code.INVALID_ARGUMENT, false),
    /** The tenant's name is malformed. */
    INVALID_TENANT(400, Code.INVALID_ARGUMENT, false),
    /** The body is written in a way that OTLP does not know. */
    UNSUPPORTED(415, Code.UNIMPLEMENTED, false),
    /** The body is over the limit. */
    TOO_LARGE(413, Code.RESOURCE_EXHAUSTED, false),
    /** More bytes wait for Kafka than may. */
    OVERLOADED(429, Code.UNAVAILABLE, true),
    /** Kafka did not take every record in time. */
    UNAVAILABLE(503, Code.UNAVAILABLE, true),
    /** The client went away, or was too slow, before the body was there; the answer reaches nobody. */
    INCOMPLETE(408, Code.CANCELLED, false),
    /** A fault of the gateway. */
    INTERNAL(500, Code.INTERNAL, false);

    /** After how many seconds a client may try again. */
    static final int RETRY_SECONDS = 1;

    private final int http;
    private final Code grpc;
    private final boolean retryable;

    Problem(int http, Code grpc, boolean retryable) {
        this.http = http;
        this.grpc = grpc;
        this.retryable = retryable;
    }

    /** HTTP status. */
    int http() {
        return http;
    }

    Code grpc() {
        return grpc;
    }

    boolean isRetryable() {
        return retryable;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
