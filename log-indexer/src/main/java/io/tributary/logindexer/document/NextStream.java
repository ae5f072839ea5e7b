package io.tributary.logindexer.document;

import java.util.Arrays;

/** The data stream of the record at hand. Neighbours mostly go to the same one, which is remembered. */
final class NextStream {
    private static final byte[] FIELD = JsonBytes.named("data_stream");
    private static final byte[] TYPE = JsonBytes.named("type");
    private static final byte[] DATASET = JsonBytes.named("dataset");
    private static final byte[] NAMESPACE = JsonBytes.named("namespace");

    private byte[] tenant = {};
    private String dataset = DataStream.GENERIC;
    private DataStream stream = DataStream.of(DataStream.GENERIC, "");
    private DataStream writtenStream;
    private byte[] written = {};

    /** Reads the tenant. */
    void readTenant(AvroBytes avro) {
        avro.readBytes();
        if (!avro.is(tenant)) {
            tenant = avro.copy();
            stream = DataStream.of(dataset, avro.text());
        }
    }

    /** Writes the stream of this dataset, empty for none, as a field, and returns it. */
    DataStream write(String told, JsonBytes json) {
        String next = told.isEmpty() ? DataStream.GENERIC : told;
        if (!next.equals(dataset)) {
            dataset = next;
            stream = DataStream.of(next, stream.namespace());
        }
        if (!stream.equals(writtenStream)) {
            int before = json.size();
            write(json);
            writtenStream = stream;
            written = Arrays.copyOfRange(json.array(), before, json.size());
        } else {
            json.write(written, 0, written.length);
        }
        return stream;
    }

    private void write(JsonBytes json) {
        json.name(FIELD);
        json.startObject();
        json.name(TYPE);
        json.text(DataStream.TYPE);
        json.name(DATASET);
        json.text(stream.dataset());
        json.name(NAMESPACE);
        json.text(stream.namespace());
        json.endObject();
    }
}
