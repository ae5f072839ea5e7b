package io.tributary.logindexer.document;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Attributes as flat fields, in a form that Elasticsearch never refuses whatever the field held before.
 *
 * <p>A map becomes fields with dotted names, as OpenTelemetry names things anyway, so that a field never is an object
 * in one document and a value in another. A list has elements of one kind, else all of them become text, because a
 * field that is new with two kinds at once is refused. Where two attributes come to have one name, the field has both
 * values.
 */
final class Attributes {
    private static final int MAX_DEPTH = 16;

    private Attributes() {}

    /** Writes the attributes as an object. */
    static void write(JsonGenerator json, Map<String, Object> attributes) {
        json.writeStartObject();
        if (isPlain(attributes)) {
            attributes.forEach((name, value) -> write(json, name, value));
        } else {
            flat(attributes).forEach((name, values) -> write(json, name, one(values)));
        }
        json.writeEndObject();
    }

    /** Whether every attribute is one field under its own name already. */
    private static boolean isPlain(Map<String, Object> attributes) {
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            String name = attribute.getKey();
            if (attribute.getValue() instanceof MapValue || name.isBlank() || name.indexOf('\0') >= 0) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, List<Object>> flat(Map<String, Object> attributes) {
        Map<String, List<Object>> fields = new LinkedHashMap<>();
        attributes.forEach((name, value) -> flatten(fields, ValueWriter.name(name), value, 1));
        return fields;
    }

    private static void flatten(Map<String, List<Object>> fields, String name, Object value, int depth) {
        if (value instanceof MapValue map && depth < MAX_DEPTH) {
            map.getValues()
                    .forEach((inner, innerValue) ->
                            flatten(fields, name + '.' + ValueWriter.name(inner), innerValue, depth + 1));
        } else {
            List<Object> values = fields.computeIfAbsent(name, unseen -> new ArrayList<>(1));
            if (value instanceof ArrayValue array) {
                values.add(array);
            } else {
                values.add(value instanceof MapValue ? JsonText.of(value) : value);
            }
        }
    }

    private static Object one(List<Object> values) {
        if (values.size() == 1) {
            return values.getFirst();
        }
        List<Object> all = new ArrayList<>();
        values.forEach(value -> {
            if (value instanceof ArrayValue array) {
                all.addAll(array.getValues());
            } else {
                all.add(value);
            }
        });
        return new ArrayValue(all);
    }

    private static void write(JsonGenerator json, String name, Object value) {
        json.writeName(name);
        if (value instanceof ArrayValue array && !isUniform(array.getValues())) {
            json.writeStartArray();
            array.getValues().forEach(element -> {
                if (element == null) {
                    json.writeNull();
                } else {
                    json.writeString(ValueWriter.text(element));
                }
            });
            json.writeEndArray();
        } else {
            ValueWriter.write(json, value);
        }
    }

    private static boolean isUniform(List<?> elements) {
        Class<?> kind = null;
        for (Object element : elements) {
            if (element instanceof ArrayValue || element instanceof MapValue || isNotFinite(element)) {
                return false;
            }
            if (element != null) {
                if (kind != null && kind != element.getClass()) {
                    return false;
                }
                kind = element.getClass();
            }
        }
        return true;
    }

    private static boolean isNotFinite(Object element) {
        return element instanceof Double number && !Double.isFinite(number);
    }
}
