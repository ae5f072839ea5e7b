package io.tributary.alerts.state;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serde of a state by its codec.
 *
 * @param codec how it is written and read
 * @param <T> the state
 */
public record StateSerde<T>(StateBytes.Codec<T> codec) implements Serde<T> {
    @Override
    public Serializer<T> serializer() {
        return (topic, state) -> StateBytes.encode(state, codec);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> StateBytes.decode(bytes, codec);
    }
}
