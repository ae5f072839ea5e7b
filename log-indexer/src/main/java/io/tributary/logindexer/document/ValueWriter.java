package io.tributary.logindexer.document;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Attribute values as JSON. Bytes become Base64, numbers that JSON does not know become text, and names that
 * Elasticsearch refuses are mended.
 */
final class ValueWriter {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private ValueWriter() {}

    /** Writes the value as it is: null, a scalar, a list or a map. */
    static void write(JsonGenerator json, Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Long number -> json.writeNumber(number);
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case ArrayValue array -> write(json, array.getValues());
            case MapValue map -> write(json, map.getValues());
            default -> json.writeString(text(value));
        }
    }

    static void write(JsonGenerator json, List<?> values) {
        json.writeStartArray();
        values.forEach(value -> write(json, value));
        json.writeEndArray();
    }

    static void write(JsonGenerator json, Map<String, ?> values) {
        Set<String> mended = new HashSet<>(0);
        json.writeStartObject();
        values.forEach((name, value) -> {
            json.writeName(freeName(name, values, mended));
            write(json, value);
        });
        json.writeEndObject();
    }

    /** The name, mended so that no other of these comes to have it: Elasticsearch refuses what has a name twice. */
    private static String freeName(String name, Map<String, ?> values, Set<String> mended) {
        String free = name(name);
        if (!free.equals(name)) {
            while (values.containsKey(free) || !mended.add(free)) {
                free += '_';
            }
        }
        return free;
    }

    /** The value as text; lists and maps as JSON. */
    static String text(Object value) {
        return switch (value) {
            case ByteBuffer bytes -> BASE64.encodeToString(bytes(bytes));
            case ArrayValue _, MapValue _ -> JsonText.of(value);
            case String text -> text;
            default -> String.valueOf(value);
        };
    }

    /** The name, mended where Elasticsearch knows no such field: blank, or with a null character. */
    static String name(String name) {
        return name.isBlank() ? "_" : name.indexOf('\0') < 0 ? name : name.replace('\0', '\uFFFD');
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
