package io.tributary.logindexer.document;

import java.util.Arrays;
import java.util.Map;

/**
 * Attributes that are one field each under their own name: by far the most frequent ones, which are written as they are
 * read. All others are left to {@link Attributes}.
 */
final class PlainAttributes {
    private static final byte[] FIELD = JsonBytes.named("attributes");
    private static final int MAX_NAMES = 64;

    private final int[] nameStarts = new int[MAX_NAMES];
    private final int[] nameEnds = new int[MAX_NAMES];
    private int names;
    private String dataset = "";

    /** Reads a map of attributes and writes it as a field, which is left out if there are none. */
    void write(AvroBytes avro, JsonBytes json) {
        int from = avro.position();
        int before = json.size();
        if (!writePlain(avro, json)) {
            avro.moveTo(from);
            json.cutTo(before);
            Map<String, Object> attributes = AnyValue.readMap(avro);
            dataset = attributes.get(DataStream.ATTRIBUTE) instanceof String told ? told : "";
            json.name(FIELD);
            json.value(generator -> Attributes.write(generator, attributes));
        } else if (names == 0) {
            json.cutTo(before);
        }
    }

    /** What the attributes written last say of their dataset; empty for nothing. */
    String dataset() {
        return dataset;
    }

    private boolean writePlain(AvroBytes avro, JsonBytes json) {
        names = 0;
        dataset = "";
        json.name(FIELD);
        json.startObject();
        for (int items = avro.readBlock(); items > 0; items = avro.readBlock()) {
            for (int i = 0; i < items; i++) {
                avro.readBytes();
                if (!isPlainName(avro) || !isNew(avro)) {
                    return false;
                }
                json.plainName(avro.array(), avro.start(), avro.position());
                if (!writeValue(avro, json)) {
                    return false;
                }
            }
        }
        json.endObject();
        return true;
    }

    private static boolean isPlainName(AvroBytes avro) {
        // Not blank, for instance; other names that begin with a space are rare enough.
        return !avro.isEmpty()
                && avro.array()[avro.start()] > ' '
                && JsonBytes.isPlain(avro.array(), avro.start(), avro.position());
    }

    private boolean isNew(AvroBytes avro) {
        byte[] bytes = avro.array();
        int start = avro.start();
        int end = avro.position();
        if (names == MAX_NAMES) {
            return false;
        }
        for (int i = 0; i < names; i++) {
            if (nameEnds[i] - nameStarts[i] == end - start
                    && bytes[nameEnds[i] - 1] == bytes[end - 1]
                    && Arrays.equals(bytes, nameStarts[i], nameEnds[i], bytes, start, end)) {
                return false;
            }
        }
        nameStarts[names] = start;
        nameEnds[names] = end;
        names++;
        return true;
    }

    private boolean writeValue(AvroBytes avro, JsonBytes json) {
        boolean isDataset = avro.is(DataStream.ATTRIBUTE_BYTES);
        int branch = avro.readBranch(AnyValue.BRANCHES);
        switch (branch) {
            case AnyValue.NULL -> json.none();
            case AnyValue.TEXT -> {
                avro.readBytes();
                json.text(avro.array(), avro.start(), avro.position());
                if (isDataset) {
                    dataset = avro.text();
                }
            }
            case AnyValue.TRUTH -> json.truth(avro.readBoolean());
            case AnyValue.INTEGER -> json.number(avro.readLong());
            case AnyValue.LIST, AnyValue.MAP -> {
                return false;
            }
            default -> {
                Object value = AnyValue.read(avro, branch);
                if (value instanceof Double number && Double.isFinite(number)) {
                    json.number(number.doubleValue());
                } else {
                    json.text(ValueWriter.text(value));
                }
            }
        }
        return true;
    }
}
