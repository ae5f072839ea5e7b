package io.tributary.gateway.translate;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Span.Link;
import io.tributary.gateway.validate.Ids;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.RefusedException;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanEvent;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.SpanLink;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.TraceId;
import java.util.ArrayList;
import java.util.List;

/** Spans. OTLP: opentelemetry/proto/trace/v1/trace.proto. */
public final class SpanTranslator implements Translator<ExportTraceServiceRequest, TraceId, Span> {

    @Override
    public long count(ExportTraceServiceRequest request) {
        long count = 0;
        for (ResourceSpans ofResource : request.getResourceSpansList()) {
            for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
                count += ofScope.getSpansCount();
            }
        }
        return count;
    }

    @Override
    public void translate(
            ExportTraceServiceRequest request, String tenant, TimeRules times, RecordSink<TraceId, Span> sink) {
        for (ResourceSpans ofResource : request.getResourceSpansList()) {
            Resource resource = Origins.resource(ofResource.getResource(), ofResource.getSchemaUrl());
            for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
                Scope scope = Origins.scope(ofScope.getScope(), ofScope.getSchemaUrl());
                for (io.opentelemetry.proto.trace.v1.Span sent : ofScope.getSpansList()) {
                    Span span;
                    try {
                        span = span(sent, times);
                    } catch (RefusedException e) {
                        sink.refuse(e.refusal());
                        continue;
                    }
                    span.setTenant(tenant);
                    span.setResource(resource);
                    span.setScope(scope);
                    sink.accept(span.getTraceId(), span);
                }
            }
        }
    }

    private static Span span(io.opentelemetry.proto.trace.v1.Span sent, TimeRules times) {
        Span span = new Span();
        span.setTraceId(Ids.required(Ids.traceId(sent.getTraceId()), Refusal.INVALID_TRACE_ID));
        span.setSpanId(Ids.required(Ids.spanId(sent.getSpanId()), Refusal.INVALID_SPAN_ID));
        span.setParentSpanId(Ids.parentSpanId(sent.getParentSpanId()));
        span.setTraceState(sent.getTraceState());
        span.setFlags(sent.getFlags());
        span.setName(sent.getName());
        span.setKind(kind(sent.getKindValue()));
        span.setStartTimeUnixNano(times.required(sent.getStartTimeUnixNano()));
        span.setEndTimeUnixNano(times.required(sent.getEndTimeUnixNano()));
        span.setAttributes(AnyValues.of(sent.getAttributesList()));
        span.setDroppedAttributesCount(Integer.toUnsignedLong(sent.getDroppedAttributesCount()));
        span.setEvents(events(sent.getEventsList(), times));
        span.setDroppedEventsCount(Integer.toUnsignedLong(sent.getDroppedEventsCount()));
        List<SpanLink> links = links(sent.getLinksList());
        span.setLinks(links);
        // A link that leads nowhere cannot be kept; it counts as one that the sender dropped.
        long invalid = (long) sent.getLinksCount() - links.size();
        span.setDroppedLinksCount(Integer.toUnsignedLong(sent.getDroppedLinksCount()) + invalid);
        span.setStatusCode(status(sent.getStatus().getCodeValue()));
        span.setStatusMessage(sent.getStatus().getMessage());
        return span;
    }

    private static List<SpanEvent> events(List<Event> sent, TimeRules times) {
        List<SpanEvent> events = new ArrayList<>(sent.size());
        for (Event event : sent) {
            events.add(new SpanEvent(
                    times.optional(event.getTimeUnixNano()),
                    event.getName(),
                    AnyValues.of(event.getAttributesList()),
                    Integer.toUnsignedLong(event.getDroppedAttributesCount())));
        }
        return events;
    }

    private static List<SpanLink> links(List<Link> sent) {
        List<SpanLink> links = new ArrayList<>(sent.size());
        for (Link link : sent) {
            TraceId traceId = Ids.traceId(link.getTraceId());
            SpanId spanId = Ids.spanId(link.getSpanId());
            if (traceId != null && spanId != null) {
                links.add(new SpanLink(
                        traceId,
                        spanId,
                        link.getTraceState(),
                        link.getFlags(),
                        AnyValues.of(link.getAttributesList()),
                        Integer.toUnsignedLong(link.getDroppedAttributesCount())));
            }
        }
        return links;
    }

    private static SpanKind kind(int number) {
        return switch (number) {
            case 1 -> SpanKind.INTERNAL;
            case 2 -> SpanKind.SERVER;
            case 3 -> SpanKind.CLIENT;
            case 4 -> SpanKind.PRODUCER;
            case 5 -> SpanKind.CONSUMER;
            default -> SpanKind.UNSPECIFIED;
        };
    }

    private static StatusCode status(int number) {
        return switch (number) {
            case 1 -> StatusCode.OK;
            case 2 -> StatusCode.ERROR;
            default -> StatusCode.UNSET;
        };
    }
}
