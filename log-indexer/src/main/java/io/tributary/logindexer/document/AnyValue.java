package io.tributary.logindexer.document;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of attributes and bodies as objects, for those that cannot be written as they are read: null, a
 * {@link String}, {@link Boolean}, {@link Long}, {@link Double}, {@link ByteBuffer}, {@link ArrayValue} or
 * {@link MapValue}.
 */
final class AnyValue {
    // The branches of the union, as the schema has them.
    static final int NULL = 0;
    static final int TEXT = 1;
    static final int TRUTH = 2;
    static final int INTEGER = 3;
    static final int DECIMAL = 4;
    static final int BYTES = 5;
    static final int LIST = 6;
    static final int MAP = 7;
    static final int BRANCHES = 8;

    private AnyValue() {}

    /** The next value. */
    static Object read(AvroBytes avro) {
        return read(avro, avro.readBranch(BRANCHES));
    }

    /** The next value, of this branch. */
    static Object read(AvroBytes avro, int branch) {
        return switch (branch) {
            case NULL -> null;
            case TEXT -> {
                avro.readBytes();
                yield avro.text();
            }
            case TRUTH -> avro.readBoolean();
            case INTEGER -> avro.readLong();
            case DECIMAL -> avro.readDouble();
            case BYTES -> {
                avro.readBytes();
                yield ByteBuffer.wrap(avro.copy());
            }
            case LIST -> new ArrayValue(readList(avro));
            case MAP -> new MapValue(readMap(avro));
            default -> throw new IllegalArgumentException("branch: " + branch + " (expected: below " + BRANCHES + ")");
        };
    }

    /** The next map. Of entries with one name the last one counts. */
    static Map<String, Object> readMap(AvroBytes avro) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int items = avro.readBlock(); items > 0; items = avro.readBlock()) {
            for (int i = 0; i < items; i++) {
                avro.readBytes();
                String name = avro.text();
                map.put(name, read(avro));
            }
        }
        return map;
    }

    private static List<Object> readList(AvroBytes avro) {
        List<Object> list = new ArrayList<>();
        for (int items = avro.readBlock(); items > 0; items = avro.readBlock()) {
            for (int i = 0; i < items; i++) {
                list.add(read(avro));
            }
        }
        return list;
    }
}
