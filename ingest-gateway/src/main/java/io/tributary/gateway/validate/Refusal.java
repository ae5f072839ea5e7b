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
    /** A point or a span tells no time; OTLP requires one. */
    ZERO_TIMESTAMP,
    /** A time is after the year 2262, or further in the future than clocks may differ. */
    TIMESTAMP_OUT_OF_RANGE,
    /** A number point, or an exemplar, has no value and does not say that there is none. */
    MISSING_VALUE,
    /** Buckets and bounds of a histogram do not fit each other, or bounds do not increase. */
    INVALID_BUCKETS,
    /** A count is more than 2^63-1. */
    INVALID_COUNT,
    /** The scale of an exponential histogram is not in -10..20. */
    INVALID_SCALE,
    /** A quantile of a summary is not in 0..1. */
    INVALID_QUANTILE,
    /** The record is too large even for the dead-letter topic. */
    TOO_LARGE,
    /** Kafka did not take the record in time; the client may send it again. */
    UNAVAILABLE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in lower case, such as {@code invalid_trace_id}. */
    public String label() {
        return label;
    }
}
