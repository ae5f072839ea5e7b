package io.tributary.logindexer.document;

/** A field that a document has if the record tells of it: if the next Avro value is not its type's default. */
final class Field {
    static final Field SEVERITY_NUMBER = new Field("severity_number");
    static final Field SEVERITY_TEXT = new Field("severity_text");
    static final Field EVENT_NAME = new Field("event_name");
    static final Field DROPPED_ATTRIBUTES_COUNT = new Field("dropped_attributes_count");
    static final Field TRACE_ID = new Field("trace_id");
    static final Field SPAN_ID = new Field("span_id");
    static final Field TRACE_FLAGS = new Field("trace_flags");
    static final Field NAME = new Field("name");
    static final Field VERSION = new Field("version");
    static final Field SCHEMA_URL = new Field("schema_url");

    private final byte[] named;

    private Field(String name) {
        named = JsonBytes.named(name);
    }

    /** Reads a text and writes it unless it is empty. */
    void text(AvroBytes avro, JsonBytes json) {
        avro.readBytes();
        if (!avro.isEmpty()) {
            json.name(named);
            json.text(avro.array(), avro.start(), avro.position());
        }
    }

    /** Writes the number unless it is 0. */
    void number(long number, JsonBytes json) {
        if (number != 0) {
            json.name(named);
            json.number(number);
        }
    }

    /** Reads a union of null and an id of so many bytes, and writes the id, if there is one, in hexadecimal digits. */
    void id(AvroBytes avro, int bytes, JsonBytes json) {
        if (avro.readBranch(2) == 1) {
            avro.readFixed(bytes);
            json.name(named);
            json.hex(avro.array(), avro.start(), avro.position());
        }
    }
}
