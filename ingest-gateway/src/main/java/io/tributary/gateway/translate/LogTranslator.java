package io.tributary.gateway.translate;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tributary.gateway.validate.Ids;
import io.tributary.gateway.validate.RefusedException;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.identity.SourceId;

/** Log records and events. OTLP: opentelemetry/proto/logs/v1/logs.proto. */
public final class LogTranslator implements Translator<ExportLogsServiceRequest, SourceId, LogRecord> {
    private static final int MAX_SEVERITY = 24;

    @Override
    public long count(ExportLogsServiceRequest request) {
        long count = 0;
        for (ResourceLogs ofResource : request.getResourceLogsList()) {
            for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
                count += ofScope.getLogRecordsCount();
            }
        }
        return count;
    }

    @Override
    public void translate(
            ExportLogsServiceRequest request, String tenant, TimeRules times, RecordSink<SourceId, LogRecord> sink) {
        for (ResourceLogs ofResource : request.getResourceLogsList()) {
            Resource resource = Origins.resource(ofResource.getResource(), ofResource.getSchemaUrl());
            SourceId source = SourceId.of(tenant, resource);
            for (ScopeLogs ofScope : ofResource.getScopeLogsList()) {
                Scope scope = Origins.scope(ofScope.getScope(), ofScope.getSchemaUrl());
                for (io.opentelemetry.proto.logs.v1.LogRecord log : ofScope.getLogRecordsList()) {
                    LogRecord record;
                    try {
                        record = record(log, times);
                    } catch (RefusedException e) {
                        sink.refuse(e.refusal());
                        continue;
                    }
                    record.setTenant(tenant);
                    record.setResource(resource);
                    record.setScope(scope);
                    accept(source, record, log, sink);
                }
            }
        }
    }

    private static void accept(
            SourceId source,
            LogRecord record,
            io.opentelemetry.proto.logs.v1.LogRecord log,
            RecordSink<SourceId, LogRecord> sink) {
        long sent = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
        if (sent == 0) {
            sink.accept(source, record);
        } else {
            sink.accept(source, record, sent);
        }
    }

    private static LogRecord record(io.opentelemetry.proto.logs.v1.LogRecord log, TimeRules times) {
        long time = times.optional(log.getTimeUnixNano());
        long observed = times.optional(log.getObservedTimeUnixNano());
        LogRecord record = new LogRecord();
        record.setTimeUnixNano(time);
        // A record without any time was first seen when it arrived here.
        record.setObservedTimeUnixNano(time == 0 && observed == 0 ? times.now() : observed);
        int severity = log.getSeverityNumberValue();
        record.setSeverityNumber(severity < 0 || severity > MAX_SEVERITY ? 0 : severity);
        record.setSeverityText(log.getSeverityText());
        record.setBody(AnyValues.of(log.getBody()));
        record.setAttributes(AnyValues.of(log.getAttributesList()));
        record.setDroppedAttributesCount(Integer.toUnsignedLong(log.getDroppedAttributesCount()));
        // OTLP: a log record with an invalid id is taken as one that belongs to no trace or span.
        record.setTraceId(Ids.traceId(log.getTraceId()));
        record.setSpanId(Ids.spanId(log.getSpanId()));
        record.setFlags(log.getFlags());
        record.setEventName(log.getEventName());
        return record;
    }
}
