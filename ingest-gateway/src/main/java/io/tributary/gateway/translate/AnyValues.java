package io.tributary.gateway.translate;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OTLP's attribute values as those of the data contract. The decoders bound how deep values nest. */
final class AnyValues {
    /** From more keys than these on, a set of them is faster than to compare each with each. */
    private static final int MANY = 16;

    private AnyValues() {}

    /** The value; null when it is not set. */
    static @Nullable Object of(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BYTES_VALUE -> value.getBytesValue().asReadOnlyByteBuffer();
            case ARRAY_VALUE -> array(value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> new MapValue(map(value.getKvlistValue().getValuesList()));
            default -> null;
        };
    }

    /** The attributes by key. Of values with the same key, which OTLP forbids, the last counts. */
    static Map<String, Object> of(List<KeyValue> attributes) {
        if (attributes.isEmpty()) {
            return Map.of();
        }
        return unique(attributes) ? new Attributes(attributes) : map(attributes);
    }

    static Map<String, Object> map(List<KeyValue> attributes) {
        Map<String, Object> map = HashMap.newHashMap(attributes.size());
        for (int i = 0; i < attributes.size(); i++) {
            KeyValue attribute = attributes.get(i);
            map.put(attribute.getKey(), of(attribute.getValue()));
        }
        return map;
    }

    private static boolean unique(List<KeyValue> attributes) {
        if (attributes.size() > MANY) {
            Set<String> keys = HashSet.newHashSet(attributes.size());
            return attributes.stream().map(KeyValue::getKey).allMatch(keys::add);
        }
        for (int i = 1; i < attributes.size(); i++) {
            String key = attributes.get(i).getKey();
            for (int j = 0; j < i; j++) {
                if (key.equals(attributes.get(j).getKey())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static ArrayValue array(List<AnyValue> values) {
        List<Object> list = new ArrayList<>(values.size());
        for (AnyValue value : values) {
            list.add(of(value));
        }
        return new ArrayValue(list);
    }
}
