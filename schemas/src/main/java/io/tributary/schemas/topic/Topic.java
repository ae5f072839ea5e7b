package io.tributary.schemas.topic;

import io.tributary.schemas.serde.AvroSerde;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic and what it carries, as one value, so that producer, consumer and test cannot disagree.
 *
 * @param name the full name, with prefix
 * @param signal what kind of telemetry it carries
 * @param key serde of keys
 * @param value serde of values
 * @param settings how it is created
 * @param <K> the key
 * @param <V> the value
 */
public record Topic<K, V>(String name, Signal signal, Serde<K> key, Serde<V> value, TopicSettings settings) {
    /** What is put after a topic's name to name its dead letters. */
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    /** The name of the topic that takes this topic's dead letters. */
    public String deadLetterName() {
        return name + DEAD_LETTER_SUFFIX;
    }

    /** The key as bytes; null for null. */
    public byte[] encodeKey(K record) {
        return key.serializer().serialize(name, record);
    }

    /** The value as bytes; null for null. */
    public byte[] encodeValue(V record) {
        return value.serializer().serialize(name, record);
    }

    /** The key in the bytes, null for null; throws as {@link AvroSerde#decode}. */
    public K decodeKey(byte[] bytes) {
        return key.deserializer().deserialize(name, bytes);
    }

    /** The value in the bytes, null for null; throws as {@link AvroSerde#decode}. */
    public V decodeValue(byte[] bytes) {
        return value.deserializer().deserialize(name, bytes);
    }

    /**
     * Whether the bytes of a value are written with the schema that {@link #encodeValue} writes, so that they can be
     * passed on in its place.
     */
    public boolean isCurrent(byte[] bytes) {
        return value instanceof AvroSerde<?> avro && avro.isCurrent(bytes);
    }

    /** Registers the Avro schemas of key and value, if there are any; throws as {@link AvroSerde#register}. */
    public void registerSchemas() {
        if (key instanceof AvroSerde<?> avro) {
            avro.register();
        }
        if (value instanceof AvroSerde<?> avro) {
            avro.register();
        }
    }
}
