package io.tributary.logindexer.document;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Where records come from: their resource and scope, which are the rest of a record. Neighbours mostly have the same
 * ones in the same bytes, so those of some recent sources are remembered as JSON.
 */
final class Sources {
    private static final int REMEMBERED = 64;
    private static final int LARGEST_BYTES = 4 << 10;

    private static final byte[] RESOURCE = JsonBytes.named("resource");
    private static final byte[] SCOPE = JsonBytes.named("scope");

    private static final class Source {
        private byte[] avro = {};
        private int avroBytes;
        private byte[] json = {};
        private int jsonBytes;
        private String dataset = "";
    }

    private final PlainAttributes attributes;
    private final Source[] sources = new Source[REMEMBERED];
    private final CRC32C checksum = new CRC32C();

    /** Writes attributes by these. */
    Sources(PlainAttributes attributes) {
        this.attributes = attributes;
        Arrays.setAll(sources, slot -> new Source());
    }

    /**
     * Reads resource and scope, to the record's end, writes them, and returns the resource's dataset; empty for none.
     */
    String write(AvroBytes avro, JsonBytes json) {
        int from = avro.position();
        int length = avro.remaining();
        if (length == 0 || length > LARGEST_BYTES) {
            return read(avro, json);
        }
        checksum.reset();
        checksum.update(avro.array(), from, length);
        Source source = sources[(int) (checksum.getValue() % REMEMBERED)];
        if (Arrays.equals(avro.array(), from, from + length, source.avro, 0, source.avroBytes)) {
            json.write(source.json, 0, source.jsonBytes);
            avro.moveTo(from + length);
            return source.dataset;
        }
        int before = json.size();
        String dataset = read(avro, json);
        if (json.size() - before <= 2 * LARGEST_BYTES) {
            source.json = held(source.json, json.array(), before, json.size());
            source.jsonBytes = json.size() - before;
            source.avro = held(source.avro, avro.array(), from, from + length);
            source.avroBytes = length;
            source.dataset = dataset;
        }
        return dataset;
    }

    private String read(AvroBytes avro, JsonBytes json) {
        json.name(RESOURCE);
        json.startObject();
        attributes.write(avro, json);
        String dataset = attributes.dataset();
        Field.DROPPED_ATTRIBUTES_COUNT.number(avro.readLong(), json);
        Field.SCHEMA_URL.text(avro, json);
        json.endObject();
        json.name(SCOPE);
        json.startObject();
        Field.NAME.text(avro, json);
        Field.VERSION.text(avro, json);
        attributes.write(avro, json);
        Field.DROPPED_ATTRIBUTES_COUNT.number(avro.readLong(), json);
        Field.SCHEMA_URL.text(avro, json);
        json.endObject();
        avro.expectEnd();
        return dataset;
    }

    private static byte[] held(byte[] array, byte[] source, int from, int to) {
        if (array.length < to - from) {
            return Arrays.copyOfRange(source, from, to);
        }
        System.arraycopy(source, from, array, 0, to - from);
        return array;
    }
}
