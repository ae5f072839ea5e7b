package io.tributary.gateway.otlp;

import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.tributary.gateway.translate.LogTranslator;
import io.tributary.gateway.translate.MetricRules;
import io.tributary.gateway.translate.MetricTranslator;
import io.tributary.gateway.translate.SpanTranslator;
import io.tributary.gateway.translate.Translator;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.List;

/**
 * One of OTLP's services, and what becomes of its requests.
 *
 * @param httpPath where OTLP/HTTP has it
 * @param grpcPath where OTLP/gRPC has it
 * @param prototype an empty request
 * @param translator turns requests into records
 * @param topic takes the records
 * @param rejectedField the field of a partial success that tells how many records were refused, as JSON names it
 * @param response makes a response that tells how many records were refused and why
 * @param <Q> the request
 * @param <K> the records' key
 * @param <V> the record
 */
public record OtlpService<Q extends Message, K, V>(
        String httpPath,
        String grpcPath,
        Q prototype,
        Translator<Q, K, V> translator,
        Topic<K, V> topic,
        String rejectedField,
        Response response) {

    /** Makes a response of a request that was taken. */
    public interface Response {
        /** The response that tells how many records were refused, at least one, and why. */
        Message of(long rejected, String message);
    }

    /** The services of all signals. */
    public static List<OtlpService<?, ?, ?>> all(Topics topics, MetricRules metricRules) {
        return List.of(logs(topics), metrics(topics, metricRules), traces(topics));
    }

    private static OtlpService<?, ?, ?> logs(Topics topics) {
        return new OtlpService<>(
                "/v1/logs",
                "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
                ExportLogsServiceRequest.getDefaultInstance(),
                new LogTranslator(),
                topics.logs(),
                "rejectedLogRecords",
                (rejected, message) -> ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                .setRejectedLogRecords(rejected)
                                .setErrorMessage(message))
                        .build());
    }

    private static OtlpService<?, ?, ?> metrics(Topics topics, MetricRules rules) {
        return new OtlpService<>(
                "/v1/metrics",
                "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
                ExportMetricsServiceRequest.getDefaultInstance(),
                new MetricTranslator(rules),
                topics.metrics(),
                "rejectedDataPoints",
                (rejected, message) -> ExportMetricsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                                .setRejectedDataPoints(rejected)
                                .setErrorMessage(message))
                        .build());
    }

    private static OtlpService<?, ?, ?> traces(Topics topics) {
        return new OtlpService<>(
                "/v1/traces",
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                ExportTraceServiceRequest.getDefaultInstance(),
                new SpanTranslator(),
                topics.spans(),
                "rejectedSpans",
                (rejected, message) -> ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejected)
                                .setErrorMessage(message))
                        .build());
    }
}
