package io.tributary.benchmarks.workload;

import com.google.protobuf.Message;
import io.tributary.gateway.translate.RecordSink;
import io.tributary.gateway.translate.Translator;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.identity.Tenant;
import io.tributary.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Telemetry of one signal, in requests, the same for the same number and time.
 *
 * @param path where OTLP/HTTP takes it
 * @param records how many records a request has
 * @param request makes the request of this number
 * @param translator the gateway's own
 * @param topic where its records go
 * @param <Q> the request
 * @param <K> the records' key
 * @param <V> the record
 */
public record Workload<Q extends Message, K, V>(
        String path, int records, IntFunction<Q> request, Translator<Q, K, V> translator, Topic<K, V> topic) {
    private static final Duration TOLERANCE = Duration.ofDays(1);

    /** The same, whatever the number. */
    public Workload<Q, K, V> always(Message request) {
        Q one = cast(request);
        return new Workload<>(path, records, number -> one, translator, topic);
    }

    @SuppressWarnings("unchecked") // it was made by this workload
    private Q cast(Message request) {
        return (Q) request;
    }

    /** The keys and values that the gateway makes of the request of this number. */
    public void messages(int number, BiConsumer<byte[], byte[]> taker) {
        TimeRules times = TimeRules.at(Instant.now(), TOLERANCE);
        translator.translate(request.apply(number), Tenant.DEFAULT, times, new RecordSink<>() {
            @Override
            public void accept(K key, V value) {
                taker.accept(topic.encodeKey(key), topic.encodeValue(value));
            }

            @Override
            public void accept(K key, V value, long nanos) {
                accept(key, value);
            }

            @Override
            public void derive(K key, V value) {
                // Made beside what was sent: not counted, so not sent either.
            }

            @Override
            public void refuse(Refusal reason) {
                throw new IllegalStateException("workload: refused (expected: taken): " + reason);
            }
        });
    }
}
