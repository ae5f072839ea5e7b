package io.tributary.connect.elasticsearch;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes as Jaeger's key, type and value. Numbers and booleans keep their types, bytes are hexadecimal digits,
 * arrays and maps JSON texts (bytes in them in Base64), null the text {@code ""}. Attributes come in the order of their
 * keys, so that the same span gives the same document.
 */
final class JaegerTags {
    private static final String STRING = "string";

    private JaegerTags() {}

    static void addAll(List<Map<String, Object>> tags, Map<String, Object> attributes) {
        new TreeMap<>(attributes).forEach((key, value) -> tags.add(of(key, value)));
    }

    static Map<String, Object> of(String key, Object value) {
        return switch (value) {
            case null -> tag(key, STRING, "");
            case Long number -> tag(key, "int64", number);
            case Boolean truth -> tag(key, "bool", truth);
            // JSON has no NaN and no infinities.
            case Double number when !Double.isFinite(number) -> tag(key, STRING, number.toString());
            case Double number -> tag(key, "float64", number);
            case ByteBuffer bytes -> tag(key, "binary", HexFormat.of().formatHex(bytes(bytes)));
            case ArrayValue array -> tag(key, STRING, JsonText.of(plain(array)));
            case MapValue map -> tag(key, STRING, JsonText.of(plain(map)));
            default -> tag(key, STRING, value.toString());
        };
    }

    private static Map<String, Object> tag(String key, String type, Object value) {
        Map<String, Object> tag = new LinkedHashMap<>();
        tag.put("key", key);
        tag.put("type", type);
        tag.put("value", value);
        return tag;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case ArrayValue array -> {
                List<Object> elements = new ArrayList<>();
                array.getValues().forEach(element -> elements.add(plain(element)));
                yield elements;
            }
            case MapValue map -> {
                Map<String, Object> entries = new TreeMap<>();
                map.getValues().forEach((key, entry) -> entries.put(key, plain(entry)));
                yield entries;
            }
            case ByteBuffer bytes -> Base64.getEncoder().encodeToString(bytes(bytes));
            case Double number when !Double.isFinite(number) -> number.toString();
            case null, default -> value;
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
