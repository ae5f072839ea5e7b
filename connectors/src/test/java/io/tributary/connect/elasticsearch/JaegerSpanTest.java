package io.tributary.connect.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanEvent;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.SpanLink;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.sample.SampleData;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JaegerSpanTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Jaeger's own example: what it stores for a span of OTLP. Only the order of attributes is ours. */
    @Test
    void jaegersExampleGivesJaegersDocument() throws Exception {
        Path folder = Path.of(System.getProperty("tributary.root", ".."), "../shared/data/jaeger-elasticsearch");
        assumeTrue(Files.isDirectory(folder), folder + ": not there; Jaeger's example is not compared");
        JsonNode resource =
                JSON.readTree(folder.resolve("otlp-in.json").toFile()).at("/resourceSpans/0");

        Document document = JaegerSpan.of(span(resource));

        JsonNode expected = sorted(JSON.readTree(folder.resolve("es-out.json").toFile()));
        assertThat(sorted(JSON.readTree(JsonText.of(document.fields())))).isEqualTo(expected);
        assertThat(document.index()).isEqualTo("jaeger-span-2017-01-26");
        assertThat(document.id()).isEqualTo("00000000000000010000000000000000_0000000000000002_unspecified");
    }

    @Test
    void kindStatusAndStateAreTags() {
        Span span = SampleData.span(1, 2, -1, "cart", 0, 0.5);
        span.setStatusCode(StatusCode.OK);
        span.setStatusMessage("fine");
        JsonNode document = JSON.valueToTree(JaegerSpan.of(span).fields());
        assertThat(document.has("parentSpanID")).isFalse();
        assertThat(values(document.get("tags")))
                .containsEntry("span.kind", "server")
                .containsEntry("otel.status_code", "OK")
                .containsEntry("otel.status_description", "fine")
                .containsEntry("w3c.tracestate", "vendor=a,other=b")
                .containsEntry("http.response.status_code", "200");
        assertThat(document.get("references")).hasSize(2);
        assertThat(document.get("logs")).hasSize(2);
        assertThat(document.get("duration").asLong()).isEqualTo(500_000);
        assertThat(document.at("/process/serviceName").asText()).isEqualTo("cart");
        assertThat(document.at("/process/tags").isNull()).isTrue();
    }

    @Test
    void everyKindOfAttributeHasItsType() {
        Span span = SampleData.span(1, 2, 1, "cart", 0, 0.5);
        span.setAttributes(new HashMap<>(Map.of(
                "list",
                new ArrayValue(Arrays.asList("a", 1L, null)),
                "map",
                new MapValue(Map.of("k", true, "b", ByteBuffer.wrap(new byte[] {1}))),
                "nan",
                Double.NaN,
                "text",
                "t")));
        span.getAttributes().put("none", null);
        JsonNode tags = JSON.valueToTree(JaegerSpan.of(span).fields()).get("tags");
        assertThat(values(tags))
                .containsEntry("list", "[\"a\",1,null]")
                .containsEntry("map", "{\"b\":\"AQ==\",\"k\":true}")
                .containsEntry("nan", "NaN")
                .containsEntry("none", "");
    }

    @Test
    void aServiceHasOneDocumentAnOperation() {
        Document one = JaegerSpan.service(SampleData.span(1, 2, -1, "cart", 0, 0.5));
        Document same = JaegerSpan.service(SampleData.span(7, 2, -1, "cart", 5, 0.5));
        Document other = JaegerSpan.service(SampleData.span(1, 3, -1, "cart", 0, 0.5));
        assertThat(one).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.fields()).isEqualTo(Map.of("serviceName", "cart", "operationName", "operation-2"));
        assertThat(one.index()).isEqualTo("jaeger-service-2026-01-02");
    }

    @Test
    void idsOfServicesAreJaegersHash() {
        assertThat(Fnv1a.hex("")).isEqualTo("cbf29ce484222325");
        assertThat(Fnv1a.hex("a")).isEqualTo("af63dc4c8601ec8c");
        assertThat(Fnv1a.hex("foobar")).isEqualTo("85944171f73967e8");
    }

    @Test
    void anotherTenantHasIndicesOfItsOwn() {
        Span span = SampleData.span(1, 2, -1, "cart", 0, 0.5);
        span.setTenant("acme");
        assertThat(JaegerSpan.of(span).index()).isEqualTo("tenant-acme-jaeger-span-2026-01-02");
        assertThat(JaegerSpan.service(span).index()).isEqualTo("tenant-acme-jaeger-service-2026-01-02");
    }

    private static Map<String, String> values(JsonNode tags) {
        Map<String, String> values = new HashMap<>();
        tags.forEach(tag -> values.put(tag.get("key").asText(), tag.get("value").asText()));
        return values;
    }

    private static Span span(JsonNode resource) {
        JsonNode scope = resource.at("/scopeSpans/0");
        JsonNode span = scope.at("/spans/0");
        return Span.newBuilder()
                .setTraceId(new TraceId(bytes(span, "traceId")))
                .setSpanId(new SpanId(bytes(span, "spanId")))
                .setParentSpanId(new SpanId(bytes(span, "parentSpanId")))
                .setFlags(span.get("flags").asInt())
                .setName(span.get("name").asText())
                .setKind(SpanKind.UNSPECIFIED)
                .setStartTimeUnixNano(span.get("startTimeUnixNano").asLong())
                .setEndTimeUnixNano(span.get("endTimeUnixNano").asLong())
                .setAttributes(attributes(span))
                .setEvents(list(
                        span.get("events"),
                        event -> SpanEvent.newBuilder()
                                .setTimeUnixNano(event.get("timeUnixNano").asLong())
                                .setName(event.path("name").asText())
                                .setAttributes(attributes(event))
                                .build()))
                .setLinks(list(
                        span.get("links"),
                        link -> SpanLink.newBuilder()
                                .setTraceId(new TraceId(bytes(link, "traceId")))
                                .setSpanId(new SpanId(bytes(link, "spanId")))
                                .setAttributes(attributes(link))
                                .build()))
                .setStatusCode(span.at("/status/code").asInt() == 2 ? StatusCode.ERROR : StatusCode.UNSET)
                .setResource(Resource.newBuilder()
                        .setAttributes(attributes(resource.get("resource")))
                        .build())
                .setScope(Scope.newBuilder()
                        .setName(scope.at("/scope/name").asText())
                        .setVersion(scope.at("/scope/version").asText())
                        .build())
                .build();
    }

    private static byte[] bytes(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.get(field).asText());
    }

    private static <T> List<T> list(JsonNode array, java.util.function.Function<JsonNode, T> element) {
        List<T> list = new ArrayList<>();
        array.forEach(one -> list.add(element.apply(one)));
        return list;
    }

    private static Map<String, Object> attributes(JsonNode node) {
        Map<String, Object> attributes = new HashMap<>();
        for (JsonNode attribute : node.path("attributes")) {
            JsonNode value = attribute.get("value");
            Map.Entry<String, JsonNode> one = value.properties().iterator().next();
            attributes.put(
                    attribute.get("key").asText(),
                    switch (one.getKey()) {
                        case "stringValue" -> one.getValue().asText();
                        case "intValue" -> one.getValue().asLong();
                        case "doubleValue" -> one.getValue().asDouble();
                        case "bytesValue" ->
                            ByteBuffer.wrap(
                                    Base64.getDecoder().decode(one.getValue().asText()));
                        default -> throw new IllegalArgumentException(one.getKey());
                    });
        }
        return attributes;
    }

    /** The document with every list of tags in the order of their keys. */
    private static JsonNode sorted(JsonNode document) {
        for (String path : List.of("/tags", "/process/tags", "/logs/0/fields", "/logs/1/fields")) {
            var array = (com.fasterxml.jackson.databind.node.ArrayNode) document.at(path);
            List<JsonNode> tags = new ArrayList<>();
            array.forEach(tags::add);
            tags.sort(Comparator.comparing(tag -> tag.get("key").asText()));
            array.removeAll().addAll(tags);
        }
        return document;
    }
}
