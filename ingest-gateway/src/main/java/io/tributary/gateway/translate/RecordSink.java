package io.tributary.gateway.translate;

import io.tributary.gateway.validate.Refusal;

/**
 * Takes the records of a request, one by one, in the order of the request.
 *
 * @param <K> the key
 * @param <V> the record
 */
public interface RecordSink<K, V> {
    /** Takes a record that the client sent. */
    void accept(K key, V value);

    /**
     * Takes a record that the client sent, and that nothing in it tells from others like it but its time by the
     * client's clock, in nanoseconds since the epoch: with the same request sent again, the same record comes again.
     */
    void accept(K key, V value, long nanos);

    /** Takes a record that was made beside those that the client sent. */
    void derive(K key, V value);

    /** Notes that a record which the client sent breaks a rule. */
    void refuse(Refusal reason);
}
