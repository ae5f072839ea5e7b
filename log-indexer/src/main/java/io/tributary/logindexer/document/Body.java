package io.tributary.logindexer.document;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import tools.jackson.core.JsonGenerator;

/**
 * The body of a log record: {@code body.structured} for a map, {@code body.text} for everything else. A map that is
 * nested deeper, or has longer names, than Elasticsearch takes becomes text too.
 */
final class Body {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_PATH = 2048;

    private Body() {}

    static void write(JsonGenerator json, Object body) {
        if (body == null) {
            return;
        }
        json.writeObjectPropertyStart("body");
        if (body instanceof MapValue map && fits(map, 0, 1)) {
            json.writeName("structured");
            ValueWriter.write(json, map.getValues());
        } else {
            json.writeStringProperty("text", ValueWriter.text(body));
        }
        json.writeEndObject();
    }

    private static boolean fits(Object value, int path, int depth) {
        return switch (value) {
            case MapValue map ->
                depth <= MAX_DEPTH
                        && map.getValues().entrySet().stream().allMatch(entry -> {
                            int longer = path + entry.getKey().length() + 1;
                            return longer <= MAX_PATH && fits(entry.getValue(), longer, depth + 1);
                        });
            case ArrayValue array ->
                depth <= MAX_DEPTH && array.getValues().stream().allMatch(element -> fits(element, path, depth + 1));
            case null, default -> true;
        };
    }
}
