package io.tributary.gateway.validate;

import java.util.Locale;

/** Why a record is not taken from a client, who is told so. The label is what clients, the ledger and meters see. */
public enum Refusal {
    /** A span's trace id is not 16 bytes, or all zero. */
    INVALID_TRACE_ID,
    /** A span's id is not 8 bytes, or all zero. */
    INVALID_SPAN_ID,
    /** The id of a span's parent is there and not 8 bytes. */
    INVALID_PARENT_SPAN_ID,
    /** A metric has no name. */
    EMPTY_METRIC_NAME,
    /** A metric is of a kind that this version of the gateway does not know; its points are counted as one record. */
    UNKNOWN_METRIC_KIND,
    /** A point or a span tells no time; OTLP requires one. */
    ZERO_TIMESTAMP,
    /** A time is after the year 2262, or further in the future than clocks may differ. */
    TIMESTAMP_OUT_OF_RANGE,
    /** A number point, or an exemplar, has no value and does not say that there is none. */
    MISSING_VALUE,
    /**
     * Buckets and bounds of a histogram do not fit each other, or bounds do not increase; or an index of an exponential
     * histogram's buckets is beyond 2^31-1.
     */
    INVALID_BUCKETS,
    /** A count is more than 2^63-1. */
    INVALID_COUNT,
    /** The scale of an exponential histogram is not in -10..20. */
    INVALID_SCALE,
    /** The zero bucket of an exponential histogram has a negative width, or none that is a number. */
    INVALID_ZERO_THRESHOLD,
    /** A quantile of a summary is not in 0..1. */
    INVALID_QUANTILE,
    /** The record is too large even for the dead-letter topic. */
    TOO_LARGE,
    /** A fault of the gateway's own kept it from making the record; its log tells which. */
    DEFECT,
    /** Kafka did not take the record in time; the client may send it again. */
    UNAVAILABLE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, such as {@code invalid_trace_id}. */
    public String label() {
        return label;
    }
}
