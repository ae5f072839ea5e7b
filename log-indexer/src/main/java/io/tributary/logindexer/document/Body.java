package io.tributary.logindexer.document;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;

/**
 * The body of a log record: {@code body.structured} for a map, {@code body.text} for everything else. A map that is
 * nested deeper, or has longer names, than Elasticsearch takes becomes text too.
 */
final class Body {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_PATH = 2048;

    private static final byte[] FIELD = JsonBytes.named("body");
    private static final byte[] TEXT = JsonBytes.named("text");
    private static final byte[] STRUCTURED = JsonBytes.named("structured");

    private Body() {}

    /** Reads a body and writes it as a field, which is left out if there is none. */
    static void write(AvroBytes avro, JsonBytes json) {
        int branch = avro.readBranch(AnyValue.BRANCHES);
        if (branch == AnyValue.NULL) {
            return;
        }
        json.name(FIELD);
        json.startObject();
        if (branch == AnyValue.TEXT) {
            avro.readBytes();
            json.name(TEXT);
            json.text(avro.array(), avro.start(), avro.position());
        } else {
            write(AnyValue.read(avro, branch), json);
        }
        json.endObject();
    }

    private static void write(Object body, JsonBytes json) {
        if (body instanceof MapValue map && fits(map, 0, 1)) {
            json.name(STRUCTURED);
            json.value(generator -> ValueWriter.write(generator, map.getValues()));
        } else {
            json.name(TEXT);
            json.text(ValueWriter.text(body));
        }
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
