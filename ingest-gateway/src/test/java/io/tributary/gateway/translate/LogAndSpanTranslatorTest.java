package io.tributary.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.identity.SourceId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogAndSpanTranslatorTest {
    private static final TimeRules TIMES = TimeRules.at(Instant.parse("2026-02-03T04:05:06.789Z"), Duration.ofDays(1));
    private static final ByteString TRACE =
            ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6});
    private static final ByteString SPAN = ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final ByteString ZEROS = ByteString.copyFrom(new byte[8]);
    private static final ByteString SHORT = ByteString.copyFrom(new byte[] {1, 2, 3});

    private static CollectingSink<SourceId, LogRecord> logs(
            io.opentelemetry.proto.logs.v1.LogRecord.Builder... records) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (io.opentelemetry.proto.logs.v1.LogRecord.Builder record : records) {
            scope.addLogRecords(record);
        }
        CollectingSink<SourceId, LogRecord> sink = new CollectingSink<>();
        new LogTranslator()
                .translate(
                        ExportLogsServiceRequest.newBuilder()
                                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                                .build(),
                        "acme",
                        TIMES,
                        sink);
        return sink;
    }

    private static io.opentelemetry.proto.logs.v1.LogRecord.Builder log() {
        return io.opentelemetry.proto.logs.v1.LogRecord.newBuilder();
    }

    private static CollectingSink<TraceId, io.tributary.schemas.avro.Span> spans(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        CollectingSink<TraceId, io.tributary.schemas.avro.Span> sink = new CollectingSink<>();
        new SpanTranslator()
                .translate(
                        ExportTraceServiceRequest.newBuilder()
                                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                                .build(),
                        "acme",
                        TIMES,
                        sink);
        return sink;
    }

    private static Span.Builder span() {
        return Span.newBuilder()
                .setTraceId(TRACE)
                .setSpanId(SPAN)
                .setStartTimeUnixNano(10)
                .setEndTimeUnixNano(20);
    }

    @Test
    void aLogWithoutAnyTimeWasSeenWhenItArrived() {
        var sink = logs(log(), log().setObservedTimeUnixNano(5), log().setTimeUnixNano(6));

        assertThat(sink.accepted()).extracting(LogRecord::getTimeUnixNano).containsExactly(0L, 0L, 6L);
        assertThat(sink.accepted())
                .extracting(LogRecord::getObservedTimeUnixNano)
                .containsExactly(TIMES.now(), 5L, 0L);
    }

    @Test
    void aLogOutOfTimeIsRefused() {
        var sink = logs(
                log().setTimeUnixNano(Long.MIN_VALUE),
                log().setTimeUnixNano(TIMES.latest() + 1),
                log().setObservedTimeUnixNano(-1),
                log().setTimeUnixNano(TIMES.latest()));

        assertThat(sink.accepted()).hasSize(1);
        assertThat(sink.refused()).hasSize(3).containsOnly(Refusal.TIMESTAMP_OUT_OF_RANGE);
    }

    @Test
    void aLogWithInvalidIdsBelongsToNoTrace() {
        var sink = logs(
                log().setTraceId(SHORT).setSpanId(ZEROS),
                log().setTraceId(TRACE).setSpanId(SPAN));

        assertThat(sink.refused()).isEmpty();
        assertThat(sink.accepted().get(0).getTraceId()).isNull();
        assertThat(sink.accepted().get(0).getSpanId()).isNull();
        assertThat(sink.accepted().get(1).getTraceId().bytes()).isEqualTo(TRACE.toByteArray());
        assertThat(sink.accepted().get(1).getSpanId().bytes()).isEqualTo(SPAN.toByteArray());
    }

    @Test
    void aSeverityThatDoesNotExistIsNotTold() {
        var sink = logs(
                log().setSeverityNumberValue(25),
                log().setSeverityNumberValue(-1),
                log().setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_FATAL4));

        assertThat(sink.accepted()).extracting(LogRecord::getSeverityNumber).containsExactly(0, 0, 24);
    }

    @Test
    void spansNeedValidIdsAndTimes() {
        var sink = spans(
                span().clearTraceId(),
                span().setTraceId(ByteString.copyFrom(new byte[16])),
                span().setSpanId(SHORT),
                span().setSpanId(ZEROS),
                span().setParentSpanId(SHORT),
                span().clearStartTimeUnixNano(),
                span().setEndTimeUnixNano(-5),
                span().addEvents(Span.Event.newBuilder().setTimeUnixNano(-1)),
                span());

        assertThat(sink.accepted()).hasSize(1);
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.INVALID_TRACE_ID,
                        Refusal.INVALID_TRACE_ID,
                        Refusal.INVALID_SPAN_ID,
                        Refusal.INVALID_SPAN_ID,
                        Refusal.INVALID_PARENT_SPAN_ID,
                        Refusal.ZERO_TIMESTAMP,
                        Refusal.TIMESTAMP_OUT_OF_RANGE,
                        Refusal.TIMESTAMP_OUT_OF_RANGE);
    }

    @Test
    void aParentOfZerosIsNone() {
        var sink = spans(span().setParentSpanId(ZEROS), span().setParentSpanId(SPAN));

        assertThat(sink.accepted().get(0).getParentSpanId()).isNull();
        assertThat(sink.accepted().get(1).getParentSpanId().bytes()).isEqualTo(SPAN.toByteArray());
    }

    @Test
    void eventsLinksStateAndStatusAreKept() {
        var sink = spans(span().setTraceState("a=1")
                .setFlags(0x301)
                .setKind(Span.SpanKind.SPAN_KIND_CONSUMER)
                .setDroppedLinksCount(3)
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no"))
                .addEvents(Span.Event.newBuilder().setName("one").setTimeUnixNano(11))
                .addEvents(Span.Event.newBuilder().setName("two"))
                .addLinks(
                        Span.Link.newBuilder().setTraceId(TRACE).setSpanId(SPAN).setTraceState("b=2"))
                .addLinks(Span.Link.newBuilder().setTraceId(TRACE).setSpanId(ZEROS)));

        var span = sink.accepted().getFirst();
        assertThat(span.getTraceState()).isEqualTo("a=1");
        assertThat(span.getFlags()).isEqualTo(0x301);
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(span.getStatusMessage()).isEqualTo("no");
        assertThat(span.getEvents()).extracting(event -> event.getName()).containsExactly("one", "two");
        assertThat(span.getLinks()).extracting(link -> link.getTraceState()).containsExactly("b=2");
        assertThat(span.getDroppedLinksCount()).isEqualTo(4);
    }
}
