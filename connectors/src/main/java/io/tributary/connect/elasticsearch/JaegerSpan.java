package io.tributary.connect.elasticsearch;

import static io.tributary.connect.elasticsearch.IndexNames.micros;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanEvent;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.SpanLink;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.identity.ServiceName;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spans in the layout of Jaeger's own Elasticsearch storage (index {@code jaeger-span-*}; Jaeger 2:
 * storage/v2/elasticsearch/tracestore). Times are microseconds. The parent stands in {@code parentSpanID} and, for
 * readers before Jaeger 2.20, as the first {@code CHILD_OF} reference; links are {@code FOLLOWS_FROM} unless their
 * attribute {@code opentracing.ref_type} says {@code child_of}.
 */
final class JaegerSpan {
    private static final HexFormat HEX = HexFormat.of();
    private static final String REF_TYPE = "opentracing.ref_type";
    private static final String EVENT = "event";
    private static final String SERVICE_NAME = "service.name";

    private JaegerSpan() {}

    /**
     * The span's document; its id is trace, span and kind, so that a client's and a server's half of one id both stay.
     */
    static Document of(Span span) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("traceID", HEX.formatHex(span.getTraceId().bytes()));
        fields.put("spanID", HEX.formatHex(span.getSpanId().bytes()));
        if (span.getParentSpanId() != null) {
            fields.put("parentSpanID", HEX.formatHex(span.getParentSpanId().bytes()));
        }
        if (span.getFlags() != 0) {
            fields.put("flags", Integer.toUnsignedLong(span.getFlags()));
        }
        fields.put("operationName", span.getName());
        fields.put("references", orNull(references(span)));
        fields.put("startTime", micros(span.getStartTimeUnixNano()));
        fields.put("startTimeMillis", micros(span.getStartTimeUnixNano()) / 1000);
        fields.put("duration", Math.max(0, micros(span.getEndTimeUnixNano() - span.getStartTimeUnixNano())));
        fields.put("tags", orNull(tags(span)));
        fields.put("logs", orNull(logs(span)));
        fields.put("process", process(span));
        String id = fields.get("traceID") + "_" + fields.get("spanID") + '_'
                + span.getKind().name().toLowerCase(Locale.ROOT);
        return new Document(IndexNames.jaegerSpan(span.getTenant(), span.getStartTimeUnixNano()), id, fields);
    }

    /**
     * The document that lets Jaeger list the span's service and operation; the same for all spans of both on one day.
     */
    static Document service(Span span) {
        String service = ServiceName.of(span.getResource());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("serviceName", service);
        fields.put("operationName", span.getName());
        return new Document(
                IndexNames.jaegerService(span.getTenant(), span.getStartTimeUnixNano()),
                Fnv1a.hex(service + span.getName()),
                fields);
    }

    private static List<Map<String, Object>> references(Span span) {
        List<Map<String, Object>> references = new ArrayList<>();
        String parent = span.getParentSpanId() == null
                ? ""
                : HEX.formatHex(span.getParentSpanId().bytes());
        String trace = HEX.formatHex(span.getTraceId().bytes());
        if (!parent.isEmpty()) {
            references.add(reference("CHILD_OF", trace, parent));
        }
        for (SpanLink link : span.getLinks()) {
            boolean child = "child_of".equals(link.getAttributes().get(REF_TYPE));
            String type = child ? "CHILD_OF" : "FOLLOWS_FROM";
            String linkTrace = HEX.formatHex(link.getTraceId().bytes());
            String linkSpan = HEX.formatHex(link.getSpanId().bytes());
            if (linkTrace.equals(trace) && linkSpan.equals(parent)) {
                references.set(0, reference(type, trace, parent));
            } else {
                references.add(reference(type, linkTrace, linkSpan));
            }
        }
        return references;
    }

    private static Map<String, Object> reference(String type, String trace, String span) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("refType", type);
        reference.put("traceID", trace);
        reference.put("spanID", span);
        return reference;
    }

    private static List<Map<String, Object>> tags(Span span) {
        List<Map<String, Object>> tags = new ArrayList<>();
        addText(tags, "otel.scope.name", span.getScope().getName());
        addText(tags, "otel.scope.version", span.getScope().getVersion());
        JaegerTags.addAll(tags, span.getAttributes());
        if (span.getKind() != SpanKind.UNSPECIFIED) {
            addText(tags, "span.kind", span.getKind().name().toLowerCase(Locale.ROOT));
        }
        if (span.getStatusCode() == StatusCode.OK) {
            addText(tags, "otel.status_code", "OK");
        } else if (span.getStatusCode() == StatusCode.ERROR) {
            tags.add(JaegerTags.of("error", true));
        }
        addText(tags, "otel.status_description", span.getStatusMessage());
        addText(tags, "w3c.tracestate", span.getTraceState());
        return tags;
    }

    private static void addText(List<Map<String, Object>> tags, String key, String value) {
        if (!value.isEmpty()) {
            tags.add(JaegerTags.of(key, value));
        }
    }

    private static List<Map<String, Object>> logs(Span span) {
        List<Map<String, Object>> logs = new ArrayList<>();
        for (SpanEvent event : span.getEvents()) {
            List<Map<String, Object>> fields = new ArrayList<>();
            if (!event.getName().isEmpty() && !event.getAttributes().containsKey(EVENT)) {
                fields.add(JaegerTags.of(EVENT, event.getName()));
            }
            JaegerTags.addAll(fields, event.getAttributes());
            Map<String, Object> log = new LinkedHashMap<>();
            log.put("timestamp", micros(event.getTimeUnixNano()));
            log.put("fields", fields);
            logs.add(log);
        }
        return logs;
    }

    private static Map<String, Object> process(Span span) {
        Map<String, Object> attributes = new TreeMap<>(span.getResource().getAttributes());
        attributes.remove(SERVICE_NAME);
        List<Map<String, Object>> tags = new ArrayList<>();
        JaegerTags.addAll(tags, attributes);
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("serviceName", ServiceName.of(span.getResource()));
        process.put("tags", orNull(tags));
        return process;
    }

    private static Object orNull(List<?> list) {
        return list.isEmpty() ? null : list;
    }
}
