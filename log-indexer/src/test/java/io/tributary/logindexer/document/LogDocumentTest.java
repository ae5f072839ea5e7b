package io.tributary.logindexer.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogDocumentTest {
    private static final long KAFKA_MILLIS = 1_767_323_045_006L;

    private final Topic<?, LogRecord> topic =
            Topics.of("t.", new SchemaRegistry("mock://documents")).logs();
    private final LogDocument documents = new LogDocument();

    @Test
    void recordThatTellsNothingHasTheTimeOfItsKafkaRecordAndNothingElse() {
        assertThat(json(LogRecord.newBuilder().build()))
                .isEqualTo("{\"@timestamp\":\"2026-01-02T03:04:05.006Z\",\"resource\":{},\"scope\":{},"
                        + "\"data_stream\":{\"type\":\"logs\",\"dataset\":\"generic\",\"namespace\":\"default\"}}");
    }

    @Test
    void observedTimeStandsInForAMissingOrNegativeTime() {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(-5)
                .setObservedTimeUnixNano(1)
                .build();
        assertThat(tree(record).get("@timestamp").asString()).isEqualTo("1970-01-01T00:00:00.000000001Z");
    }

    @Test
    void documentIsOneLine() {
        LogRecord record = LogRecord.newBuilder().setBody("two\nlines\u2028").build();
        assertThat(json(record)).doesNotContain("\n").contains("two\\nlines");
    }

    @Test
    void mapsBecomeDottedNamesAndMeetingNamesKeepBothValues() {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("a", new MapValue(Map.of("b", 1L)));
        attributes.put("a.b", "x");
        attributes.put("", true);
        assertThat(attributes(attributes)).isEqualTo("{\"_\":true,\"a.b\":[\"1\",\"x\"]}");
    }

    @Test
    void listsOfSeveralKindsBecomeTexts() {
        assertThat(attributes(Map.of(
                        "l", new ArrayValue(Arrays.asList(1L, "two", null, new MapValue(Map.of("k", 3L)))))))
                .isEqualTo("{\"l\":[\"1\",\"two\",null,\"{\\\"k\\\":3}\"]}");
        assertThat(attributes(Map.of("l", new ArrayValue(List.of(1L, 2L))))).isEqualTo("{\"l\":[1,2]}");
        assertThat(attributes(Map.of("l", new ArrayValue(List.of(1L, 2.5))))).isEqualTo("{\"l\":[\"1\",\"2.5\"]}");
    }

    @Test
    void valuesThatJsonDoesNotKnowBecomeTexts() {
        assertThat(attributes(Map.of("v", Double.NaN))).isEqualTo("{\"v\":\"NaN\"}");
        assertThat(attributes(Map.of("v", ByteBuffer.wrap(new byte[] {1, 2, 3}))))
                .isEqualTo("{\"v\":\"AQID\"}");
    }

    @Test
    void bodyIsStructuredForMapsAndTextForTheRest() {
        assertThat(body(new MapValue(Map.of("m", 1L)))).isEqualTo("{\"structured\":{\"m\":1}}");
        assertThat(body(new ArrayValue(List.of(1L, "x")))).isEqualTo("{\"text\":\"[1,\\\"x\\\"]\"}");
        assertThat(body(7L)).isEqualTo("{\"text\":\"7\"}");
    }

    @Test
    void namesInABodyThatAreMendedStayApart() {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("", 1L);
        names.put(" ", 2L);
        names.put("_", 3L);
        names.put("n\0l", 4L);
        assertThat(body(new MapValue(names))).isEqualTo("{\"structured\":{\"__\":1,\"___\":2,\"_\":3,\"n\uFFFDl\":4}}");
    }

    @Test
    void bodyThatElasticsearchCouldNotTakeAsFieldsIsText() {
        MapValue deep = new MapValue(Map.of("leaf", 1L));
        for (int level = 0; level < 40; level++) {
            deep = new MapValue(Map.of("n", deep));
        }
        assertThat(body(deep)).startsWith("{\"text\":\"{\\\"n\\\":");
        assertThat(body(new MapValue(Map.of("k".repeat(5000), 1L)))).startsWith("{\"text\":");
    }

    @Test
    void recordThatIsNestedTooDeepHasNoDocumentAndTheNextOneHas() throws Exception {
        ArrayValue deep = new ArrayValue(List.of());
        for (int level = 0; level < 505; level++) {
            deep = new ArrayValue(List.of(deep));
        }
        LogRecord record = SampleData.log(1);
        record.setBody(deep);
        byte[] value = encoded(record);
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        assertThatThrownBy(() -> documents.write(value, KAFKA_MILLIS, document)).isInstanceOf(JacksonException.class);
        assertThat(document.size()).isZero();
        assertThat(body("next")).isEqualTo("{\"text\":\"next\"}");
    }

    /** With a stack of its own: Avro's writer has several calls a level, and each is large before it is compiled. */
    private byte[] encoded(LogRecord record) throws Exception {
        FutureTask<byte[]> encoding = new FutureTask<>(() -> topic.encodeValue(record));
        new Thread(null, encoding, "encoding", 64 << 20).start();
        return encoding.get();
    }

    @Test
    void datasetIsMadeFitForAName() {
        LogRecord record = SampleData.log(1);
        record.setAttributes(Map.of("data_stream.dataset", "My-App/Ü,x"));
        assertThat(stream(record).name()).isEqualTo("logs-my_app___x-default");
        record.setAttributes(Map.of("data_stream.dataset", "x".repeat(300)));
        assertThat(stream(record).dataset()).hasSize(100);
        record.setAttributes(Map.of("data_stream.dataset", 5L));
        assertThat(stream(record).dataset()).isEqualTo("generic");
    }

    @Test
    void idIsTheSameForTheSameRecordOnly() {
        byte[] value = "value".getBytes(StandardCharsets.UTF_8);
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        String id = DocumentId.of(3, 1_000_000, value);
        assertThat(id).hasSize(22).isEqualTo(DocumentId.of(3, 1_000_000, value.clone()));
        assertThat(List.of(
                        DocumentId.of(2, 1_000_000, value),
                        DocumentId.of(3, 1_000_001, value),
                        DocumentId.of(3, 1_000_000, other)))
                .doesNotContain(id);
        assertThat(DocumentId.of(3, 1_000_001, other)).startsWith(id.substring(0, 9));
    }

    private String attributes(Map<String, Object> attributes) {
        return tree(LogRecord.newBuilder().setAttributes(attributes).build())
                .get("attributes")
                .toString();
    }

    private String body(Object body) {
        return tree(LogRecord.newBuilder().setBody(body).build()).get("body").toString();
    }

    private JsonNode tree(LogRecord record) {
        return JsonMapper.shared().readTree(json(record));
    }

    private String json(LogRecord record) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        documents.write(topic.encodeValue(record), KAFKA_MILLIS, document);
        return document.toString(StandardCharsets.UTF_8);
    }

    private DataStream stream(LogRecord record) {
        return documents.write(topic.encodeValue(record), KAFKA_MILLIS, OutputStream.nullOutputStream());
    }
}
