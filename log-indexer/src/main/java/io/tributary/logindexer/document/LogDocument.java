package io.tributary.logindexer.document;

import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/** Log records as JSON documents in Elastic's OpenTelemetry field layout. What a record does not tell is left out. */
public final class LogDocument {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();
    private static final HexFormat HEX = HexFormat.of();
    private static final int FIRST_BYTES = 4 << 10;
    private static final int TRACE_FLAGS = 0xFF;

    /**
     * The document of a record.
     *
     * @param record the record
     * @param stream the data stream that it goes to
     * @param kafkaMillis when the record came to Kafka, in milliseconds since the epoch UTC; taken for its time if it
     *     tells none
     */
    public byte[] of(LogRecord record, DataStream stream, long kafkaMillis) {
        ByteArrayOutputStream document = new ByteArrayOutputStream(FIRST_BYTES);
        write(record, stream, kafkaMillis, document);
        return document.toByteArray();
    }

    /** Writes the document of a record to this stream; see {@link #of}. */
    public void write(LogRecord record, DataStream stream, long kafkaMillis, OutputStream target) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), target)) {
            json.writeStartObject();
            write(json, record, kafkaMillis);
            write(json, stream);
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, LogRecord record, long kafkaMillis) {
        json.writeStringProperty("@timestamp", EventTime.iso(EventTime.nanos(record, kafkaMillis)));
        if (record.getObservedTimeUnixNano() > 0) {
            json.writeStringProperty("observed_timestamp", EventTime.iso(record.getObservedTimeUnixNano()));
        }
        text(json, "severity_text", record.getSeverityText());
        number(json, "severity_number", record.getSeverityNumber());
        text(json, "event_name", record.getEventName());
        Body.write(json, record.getBody());
        if (record.getTraceId() != null) {
            json.writeStringProperty(
                    "trace_id", HEX.formatHex(record.getTraceId().bytes()));
        }
        if (record.getSpanId() != null) {
            json.writeStringProperty("span_id", HEX.formatHex(record.getSpanId().bytes()));
        }
        number(json, "trace_flags", record.getFlags() & TRACE_FLAGS);
        number(json, "dropped_attributes_count", record.getDroppedAttributesCount());
        Attributes.write(json, "attributes", record.getAttributes());
        write(json, record.getResource());
        write(json, record.getScope());
    }

    private static void write(JsonGenerator json, Resource resource) {
        json.writeObjectPropertyStart("resource");
        text(json, "schema_url", resource.getSchemaUrl());
        number(json, "dropped_attributes_count", resource.getDroppedAttributesCount());
        Attributes.write(json, "attributes", resource.getAttributes());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Scope scope) {
        json.writeObjectPropertyStart("scope");
        text(json, "name", scope.getName());
        text(json, "version", scope.getVersion());
        text(json, "schema_url", scope.getSchemaUrl());
        number(json, "dropped_attributes_count", scope.getDroppedAttributesCount());
        Attributes.write(json, "attributes", scope.getAttributes());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, DataStream stream) {
        json.writeObjectPropertyStart("data_stream");
        json.writeStringProperty("type", DataStream.TYPE);
        json.writeStringProperty("dataset", stream.dataset());
        json.writeStringProperty("namespace", stream.namespace());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String field, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(field, value);
        }
    }

    private static void number(JsonGenerator json, String field, long value) {
        if (value != 0) {
            json.writeNumberProperty(field, value);
        }
    }
}
