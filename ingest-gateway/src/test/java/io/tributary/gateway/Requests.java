package io.tributary.gateway;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Requests with more than one of everything. */
final class Requests {
    static final long TIME = 1_767_000_000_000_000_000L;

    private Requests() {}

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static Resource service(String name) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", name))
                .addAttributes(text("host.name", "host-1"))
                .build();
    }

    /** Logs with these bodies, of two services. */
    static ExportLogsServiceRequest logs(String prefix, int count) {
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        for (int service = 0; service < 2; service++) {
            ScopeLogs.Builder scope = ScopeLogs.newBuilder();
            int parity = service;
            IntStream.range(0, count)
                    .filter(i -> i % 2 == parity)
                    .forEach(i -> scope.addLogRecords(log(prefix + i, TIME + i)));
            request.addResourceLogs(ResourceLogs.newBuilder()
                    .setResource(service("service-" + service))
                    .addScopeLogs(scope));
        }
        return request.build();
    }

    static LogRecord log(String body, long time) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(time)
                .setBody(AnyValue.newBuilder().setStringValue(body))
                .build();
    }

    static Span span(long trace, long id) {
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(
                        ByteBuffer.allocate(16).putLong(trace).putLong(trace).array()))
                .setSpanId(
                        ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).array()))
                .setName("operation-" + trace + "-" + id)
                .setStartTimeUnixNano(TIME)
                .setEndTimeUnixNano(TIME + 1000)
                .build();
    }

    static ExportTraceServiceRequest spans(Span... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(service("shop")).addScopeSpans(scope))
                .build();
    }
}
