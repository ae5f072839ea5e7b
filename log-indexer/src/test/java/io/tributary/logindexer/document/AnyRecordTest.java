package io.tributary.logindexer.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.Payloads;
import io.tributary.schemas.serde.WireFormat;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.TokenBuffer;

/** Documents say what the decoded record says, and there is none of what cannot be decoded. */
class AnyRecordTest {
    private static final long SEED = 20_260_102;
    private static final int RECORDS = 5_000;
    private static final long KAFKA_MILLIS = 1_767_323_045_006L;
    private static final long SECOND = 1_000_000_000L;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Topic<?, LogRecord> topic =
            Topics.of("t.", new SchemaRegistry("mock://any-record")).logs();
    private final SpecificDatumReader<LogRecord> reader = new OrderedReader();
    private final LogDocument documents = new LogDocument();
    private final Random random = new Random(SEED);
    private final RandomRecords records = new RandomRecords(random);
    private final Payloads payloads =
            new Payloads(topic.encodeValue(LogRecord.newBuilder().build()), random);

    @Test
    void documentsSayWhatRecordsSay() throws IOException {
        for (int i = 0; i < RECORDS; i++) {
            byte[] payload = payload();
            assertThat(document(payload)).as("record %d", i).contains(expected(payload));
        }
    }

    @Test
    void whatCannotBeDecodedHasNoDocument() throws IOException {
        int rejected = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] payload = payloads.damaged(payload());
            Optional<JsonNode> document = document(payload);
            if (isReadable(payload)) {
                assertThat(document).as("damaged record %d", i).contains(expected(payload));
            } else {
                assertThat(document).as("damaged record %d", i).isEmpty();
                rejected++;
            }
        }
        assertThat(rejected).isBetween(RECORDS / 4, RECORDS - RECORDS / 20);
    }

    private byte[] payload() throws IOException {
        return payloads.of(records.next());
    }

    private boolean isReadable(byte[] payload) {
        try {
            return topic.decodeValue(payload) != null;
        } catch (RejectedException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_AVRO);
            return false;
        }
    }

    private Optional<JsonNode> document(byte[] payload) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        try {
            documents.write(payload, KAFKA_MILLIS, document);
        } catch (RejectedException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_AVRO);
            assertThat(document.size()).isZero();
            return Optional.empty();
        }
        return Optional.of(JSON.readTree(document.toByteArray()));
    }

    /** The document as its fields are defined, by way of the decoded record. */
    private JsonNode expected(byte[] payload) throws IOException {
        LogRecord record = reader.read(
                null,
                DecoderFactory.get()
                        .binaryDecoder(
                                payload, WireFormat.HEADER_BYTES, payload.length - WireFormat.HEADER_BYTES, null));
        ObjectNode document = JSON.createObjectNode();
        long observed = record.getObservedTimeUnixNano();
        long fallback = observed > 0 ? observed : KAFKA_MILLIS * 1_000_000;
        document.put("@timestamp", iso(record.getTimeUnixNano() > 0 ? record.getTimeUnixNano() : fallback));
        if (observed > 0) {
            document.put("observed_timestamp", iso(observed));
        }
        put(document, "severity_text", record.getSeverityText());
        put(document, "severity_number", record.getSeverityNumber());
        put(document, "event_name", record.getEventName());
        if (record.getBody() != null) {
            document.set("body", body(record.getBody()));
        }
        if (record.getTraceId() != null) {
            document.put(
                    "trace_id", HexFormat.of().formatHex(record.getTraceId().bytes()));
        }
        if (record.getSpanId() != null) {
            document.put("span_id", HexFormat.of().formatHex(record.getSpanId().bytes()));
        }
        put(document, "trace_flags", record.getFlags() & 0xFF);
        put(document, "dropped_attributes_count", record.getDroppedAttributesCount());
        attributes(document, record.getAttributes());
        ObjectNode resource = document.putObject("resource");
        put(resource, "schema_url", record.getResource().getSchemaUrl());
        put(resource, "dropped_attributes_count", record.getResource().getDroppedAttributesCount());
        attributes(resource, record.getResource().getAttributes());
        ObjectNode scope = document.putObject("scope");
        put(scope, "name", record.getScope().getName());
        put(scope, "version", record.getScope().getVersion());
        put(scope, "schema_url", record.getScope().getSchemaUrl());
        put(scope, "dropped_attributes_count", record.getScope().getDroppedAttributesCount());
        attributes(scope, record.getScope().getAttributes());
        DataStream stream = DataStream.of(
                Stream.of(record.getAttributes(), record.getResource().getAttributes())
                        .map(AnyRecordTest::dataset)
                        .filter(told -> !told.isEmpty())
                        .findFirst()
                        .orElse("generic"),
                record.getTenant());
        document.putObject("data_stream")
                .put("type", "logs")
                .put("dataset", stream.dataset())
                .put("namespace", stream.namespace());
        return JSON.readTree(document.toString());
    }

    private static ObjectNode body(Object body) {
        ObjectNode node = JSON.createObjectNode();
        if (body instanceof MapValue map) {
            node.set("structured", tree(json -> ValueWriter.write(json, map.getValues())));
        } else {
            node.put("text", ValueWriter.text(body));
        }
        return node;
    }

    private static void attributes(ObjectNode node, Map<String, Object> attributes) {
        if (!attributes.isEmpty()) {
            node.set("attributes", tree(json -> Attributes.write(json, attributes)));
        }
    }

    private static JsonNode tree(Consumer<JsonGenerator> writer) {
        try (TokenBuffer buffer = TokenBuffer.forGeneration()) {
            writer.accept(buffer);
            return JSON.readTree(buffer.asParser());
        }
    }

    private static String dataset(Map<String, Object> attributes) {
        return attributes.get("data_stream.dataset") instanceof String told ? told : "";
    }

    private static String iso(long nanos) {
        return Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND).toString();
    }

    private static void put(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    private static void put(ObjectNode node, String field, long number) {
        if (number != 0) {
            node.put(field, number);
        }
    }

    /** Keeps the order in which a map was written, which decides where names meet. */
    private static final class OrderedReader extends SpecificDatumReader<LogRecord> {
        OrderedReader() {
            super(LogRecord.getClassSchema(), LogRecord.getClassSchema(), data());
        }

        private static SpecificData data() {
            SpecificData data = new SpecificData();
            data.setFastReaderEnabled(false);
            return data;
        }

        @Override
        protected Object newMap(Object old, int size) {
            return new LinkedHashMap<>();
        }
    }
}
