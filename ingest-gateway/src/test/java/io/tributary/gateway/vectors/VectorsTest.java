package io.tributary.gateway.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tributary.gateway.decode.UndecodableException;
import io.tributary.gateway.translate.CollectingSink;
import io.tributary.gateway.translate.LogTranslator;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.gateway.translate.MetricTranslator;
import io.tributary.gateway.translate.SpanTranslator;
import io.tributary.gateway.translate.Translator;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * 79 payloads, good and bad, that another project decodes. Where a vector names an error, the body is refused as a
 * whole; where it does not, every record is taken. {@link #DIFFERENT} lists where OTLP has it otherwise, and why.
 */
class VectorsTest {
    private static final String NONE = "holds no record: OTLP's repeated fields may be empty, and so may its groups";
    private static final String NO_TIME = "OTLP requires a time of every point and span";

    /**
     * What a vector gives by OTLP.
     *
     * @param accepted how many records are taken
     * @param refused reasons of the records that are not; {@code 400} for a body that is refused as a whole
     * @param why the reason for the difference
     */
    private record Answer(int accepted, List<String> refused, String why) {}

    private static final Map<String, Answer> DIFFERENT = new HashMap<>();

    private static void differs(String vector, int accepted, String why, String... refused) {
        DIFFERENT.put(vector, new Answer(accepted, List.of(refused), why));
    }

    static {
        differs("logs/scopeLogs_missing", 0, NONE);
        differs("logs/resource_valid_scope_missing", 0, NONE);
        differs("metrics/invalid_resource_metrics_missing", 0, NONE);
        differs("metrics/invalid_metric_name_missing", 0, NONE);
        differs("metrics/missing_metric_type", 0, NONE);
        differs("metrics/invalid_histogram_datapoints_missing", 0, NONE);
        differs("traces/resourceSpans_missing", 0, NONE);
        differs("traces/scopeSpans_missing", 0, NONE);
        differs("traces/spans_missing", 0, NONE);

        differs("metrics/valid_sum_monotonic_true", 0, NO_TIME, "zero_timestamp");
        differs("metrics/valid_sum_delta_temporality", 0, NO_TIME, "zero_timestamp");
        differs("metrics/valid_numeric_string_values", 1, NO_TIME, "zero_timestamp");
        differs("metrics/valid_label_order_independent", 0, NO_TIME, "zero_timestamp", "zero_timestamp");
        differs("metrics/valid_histogram_payload", 0, NO_TIME, "zero_timestamp");
        differs("metrics/valid_summary_payload", 0, NO_TIME, "zero_timestamp");
        differs("metrics/valid_gauge_description_and_unit", 0, NO_TIME, "zero_timestamp");
        differs("metrics/valid_histogram_string_numeric_fields", 0, NO_TIME, "zero_timestamp");
        differs("traces/parent_span_id_zero_length_valid", 0, NO_TIME, "zero_timestamp");
        differs("traces/valid_with_parent_span_id", 0, NO_TIME, "zero_timestamp");

        differs("metrics/valid_invalid_numeric_skips_points", 0, "not a number in Protobuf's JSON", "400");
        String length = "hexadecimal, so it can be decoded; of the wrong length, so this record alone is refused";
        differs("traces/invalid_trace_id", 0, length, "invalid_trace_id");
        differs("traces/invalid_span_id", 0, length, "invalid_span_id");
        differs("traces/span_name_missing", 0, "a name may be empty, the trace id may not", "invalid_trace_id");
        differs("traces/link_invalid_span_id", 0, "a bad link costs no span, and " + NO_TIME, "zero_timestamp");
    }

    @TestFactory
    Stream<DynamicTest> logs() {
        return tests("logs", ExportLogsServiceRequest.getDefaultInstance(), new LogTranslator());
    }

    @TestFactory
    Stream<DynamicTest> metrics() {
        MetricRules rules = new MetricRules(true, true);
        return tests("metrics", ExportMetricsServiceRequest.getDefaultInstance(), new MetricTranslator(rules));
    }

    @TestFactory
    Stream<DynamicTest> traces() {
        return tests("traces", ExportTraceServiceRequest.getDefaultInstance(), new SpanTranslator());
    }

    @Test
    void thereAre79() {
        assertThat(Stream.of("logs", "metrics", "traces")
                        .mapToInt(signal ->
                                OtlpData.read("vectors-" + signal + ".json").size())
                        .sum())
                .isEqualTo(79);
    }

    private static <Q extends Message, K, V> Stream<DynamicTest> tests(
            String signal, Q prototype, Translator<Q, K, V> translator) {
        return OtlpData.read("vectors-" + signal + ".json").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> check(signal + "/" + entry.getKey(), entry.getValue(), prototype, translator)));
    }

    private static <Q extends Message, K, V> void check(
            String name, JsonNode vector, Q prototype, Translator<Q, K, V> translator) throws Exception {
        JsonNode input = vector.get("input");
        Answer answer = DIFFERENT.get(name);
        boolean bad = answer == null ? vector.has("expected_error") : answer.refused.contains("400");
        if (bad) {
            assertThatThrownBy(() -> OtlpData.decode(input, prototype)).isInstanceOf(UndecodableException.class);
            return;
        }
        Q request = OtlpData.decode(input, prototype);
        CollectingSink<K, V> sink = OtlpData.translate(translator, request);
        long expected = answer == null ? translator.count(request) : answer.accepted;
        assertThat(sink.accepted()).as("accepted").hasSize((int) expected);
        assertThat(sink.refused())
                .as(answer == null ? "refused" : answer.why)
                .extracting(reason -> reason.label())
                .isEqualTo(answer == null ? List.of() : answer.refused);
        if (answer != null && answer.why.contains(NO_TIME)) {
            sink = OtlpData.translate(translator, withTimes(request, prototype));
            assertThat(sink.refused()).as("with times").isEmpty();
        }
        if (vector.has("expected") && !sink.accepted().isEmpty()) {
            compare(name, vector.get("expected"), sink.accepted());
        }
        if (name.equals("traces/link_invalid_span_id")) {
            Span span = (Span) sink.accepted().getFirst();
            assertThat(span.getLinks()).isEmpty();
            assertThat(span.getDroppedLinksCount()).isEqualTo(1);
        }
    }

    private static void compare(String name, JsonNode expected, List<?> records) {
        switch (records.getFirst()) {
            case LogRecord _ when expected.has("groups") -> compareGroups(expected.get("groups"), records);
            case LogRecord log -> compareLog(name, expected, log);
            case MetricPoint ignored -> {
                for (String kind : List.of("gauge", "counter", "histogram", "summary", "exp_histogram")) {
                    if (expected.has(kind)) {
                        comparePoint(expected.get(kind), records);
                    }
                }
            }
            default -> throw new AssertionError(name);
        }
    }

    private static void compareGroups(JsonNode groups, List<?> records) {
        List<String> expected = new ArrayList<>();
        for (JsonNode group : groups) {
            for (JsonNode record : group.get("records")) {
                expected.add(group.at("/body/resource/attributes/service.name").asString() + " "
                        + group.at("/body/scope/name").asString() + " "
                        + record.at("/body/log").asString());
            }
        }
        assertThat(records.stream()
                        .map(LogRecord.class::cast)
                        .map(log -> ServiceName.of(log.getResource()) + " "
                                + log.getScope().getName() + " " + log.getBody()))
                .containsExactlyElementsOf(expected);
    }

    private static void compareLog(String name, JsonNode expected, LogRecord log) {
        JsonNode body = expected.get("log_body");
        switch (name) {
            // JSON's null is an unset value by Protobuf's mapping; the vectors' project takes it for an empty text.
            case "logs/issue_10648_string_with_null_value" ->
                assertThat(((MapValue) log.getBody()).getValues())
                        .containsEntry("test_key", null)
                        .containsEntry("normal_key", "normal_value");
            // A plain map is no AnyValue: its keys are unknown fields, which OTLP tells to ignore.
            case "logs/unwrapped_plain_map" ->
                assertThat(((MapValue) log.getBody()).getValues())
                        .containsOnlyKeys("plain")
                        .containsEntry("plain", null);
            default -> assertThat(log.getBody()).isEqualTo(body.get("log").asString());
        }
        JsonNode otlp = expected.get("log_metadata").get("otlp");
        assertThat(log.getSeverityNumber())
                .isEqualTo(otlp.path("severity_number").asInt(0));
        assertThat(log.getSeverityText()).isEqualTo(otlp.path("severity_text").asString(""));
        assertThat(log.getEventName()).isEqualTo(otlp.path("event_name").asString(""));
        assertThat(log.getDroppedAttributesCount())
                .isEqualTo(otlp.path("dropped_attributes_count").asLong(0));
        assertThat(log.getObservedTimeUnixNano())
                .isEqualTo(otlp.path("observed_timestamp").asLong(0));
        assertThat(hex(log.getTraceId() == null ? new byte[0] : log.getTraceId().bytes()))
                .isEqualTo(otlp.path("trace_id").asString(""));
        assertThat(hex(log.getSpanId() == null ? new byte[0] : log.getSpanId().bytes()))
                .isEqualTo(otlp.path("span_id").asString(""));
        // OTLP's field is called flags; traceFlags, which one vector has, is an unknown key.
        assertThat(log.getFlags()).isZero();
        JsonNode attributes = expected.get("group_body").path("resource").path("attributes");
        attributes
                .properties()
                .forEach(entry -> assertThat(log.getResource().getAttributes())
                        .containsEntry(
                                entry.getKey(),
                                entry.getValue().isNumber()
                                        ? (Object) entry.getValue().asLong()
                                        : entry.getValue().asString()));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes);
    }

    private static void comparePoint(JsonNode expected, List<?> records) {
        MetricPoint point = records.stream()
                .map(MetricPoint.class::cast)
                .filter(one -> sourceName(one).equals(expected.get("name").asString()))
                .reduce((first, last) -> last)
                .orElseThrow();
        if (expected.has("value")) {
            assertThat(point.getValue()).isEqualTo(expected.get("value").asDouble());
        }
        if (expected.has("count")) {
            assertThat(point.getValue().toString())
                    .contains("\"count\": " + expected.get("count").asLong());
            assertThat(point.getValue().toString())
                    .contains("\"sum\": " + expected.get("sum").asDouble());
        }
        if (expected.has("unit")) {
            assertThat(point.getUnit()).isEqualTo(expected.get("unit").asString());
            assertThat(point.getDescription())
                    .isEqualTo(expected.get("description").asString());
        }
        if (expected.has("allow_reset")) {
            assertThat(point.getMonotonic())
                    .isNotEqualTo(expected.get("allow_reset").asBoolean());
        }
        if (expected.has("aggregation_type")) {
            Temporality[] byNumber = {Temporality.UNSPECIFIED, Temporality.DELTA, Temporality.CUMULATIVE};
            assertThat(point.getTemporality())
                    .isEqualTo(byNumber[expected.get("aggregation_type").asInt()]);
        }
        if (expected.has("label_values")) {
            assertThat(point.getLabels()).isEqualTo(Map.of("k1", "v1", "k2", "v2"));
        }
    }

    private static String sourceName(MetricPoint point) {
        return point.getSourceName().isEmpty() ? point.getName() : point.getSourceName();
    }

    /** The same request, in which every time that is told by nobody is told. */
    @SuppressWarnings("unchecked")
    private static <Q extends Message> Q withTimes(Q request, Q prototype) {
        return (Q) prototype.getClass().cast(timed(request));
    }

    private static Message timed(Message message) {
        Message.Builder builder = message.toBuilder();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean time = field.getName().endsWith("time_unix_nano");
            if (time && (long) message.getField(field) == 0) {
                builder.setField(field, 1_767_000_000_000_000_000L);
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated()) {
                for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
                    builder.setRepeatedField(field, i, timed((Message) message.getRepeatedField(field, i)));
                }
            } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && message.hasField(field)) {
                builder.setField(field, timed((Message) message.getField(field)));
            }
        }
        return builder.build();
    }
}
