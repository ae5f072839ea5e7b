package io.tributary.gateway.translate;

import io.tributary.gateway.validate.TimeRules;

/**
 * Turns a request into records of a topic.
 *
 * @param <Q> the request
 * @param <K> the key
 * @param <V> the record
 */
public interface Translator<Q, K, V> {
    /** How many records the client sent in the request: each is accepted or refused. */
    long count(Q request);

    /** Gives every record of the request to the sink. */
    void translate(Q request, String tenant, TimeRules times, RecordSink<K, V> sink);
}
