package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenTelemetry SDK with its own exporters sends all signals, over gRPC and HTTP. */
class SdkIT {
    private static GatewayHarness gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayHarness.start(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void overGrpc() {
        String endpoint = "http://127.0.0.1:" + gateway.otherPort();
        exchange(
                "sdk-grpc",
                OtlpGrpcLogRecordExporter.builder()
                        .setEndpoint(endpoint)
                        .setCompression("gzip")
                        .build(),
                OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build(),
                OtlpGrpcMetricExporter.builder().setEndpoint(endpoint).build());
    }

    @Test
    void overHttp() {
        String endpoint = "http://127.0.0.1:" + gateway.port();
        exchange(
                "sdk-http",
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(endpoint + "/v1/logs")
                        .build(),
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint + "/v1/traces")
                        .setCompression("gzip")
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(endpoint + "/v1/metrics")
                        .setCompression("gzip")
                        .build());
    }

    private static void exchange(String service, LogRecordExporter logs, SpanExporter spans, MetricExporter metrics) {
        Resource resource = Resource.create(
                Attributes.of(AttributeKey.stringKey("service.name"), service, AttributeKey.stringKey("zone"), "z-1"));
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(
                                BatchLogRecordProcessor.builder(logs).build())
                        .build())
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(
                                PeriodicMetricReader.builder(metrics).build())
                        .build())
                .build()) {
            for (int i = 0; i < 3; i++) {
                Span parent = sdk.getTracer("shop").spanBuilder("parent-" + i).startSpan();
                try (Scope _ = parent.makeCurrent()) {
                    sdk.getTracer("shop").spanBuilder("child-" + i).startSpan().end();
                    sdk.getLogsBridge()
                            .get("shop")
                            .logRecordBuilder()
                            .setBody("said " + i)
                            .emit();
                }
                parent.end();
                sdk.getMeter("shop").counterBuilder("orders").build().add(2);
                sdk.getMeter("shop")
                        .histogramBuilder("wait")
                        .setUnit("ms")
                        .build()
                        .record(i * 30);
            }
            assertThat(sdk.getSdkTracerProvider()
                            .forceFlush()
                            .join(10, TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
            assertThat(sdk.getSdkLoggerProvider()
                            .forceFlush()
                            .join(10, TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
            assertThat(sdk.getSdkMeterProvider()
                            .forceFlush()
                            .join(10, TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
            check(service);
        }
    }

    private static void check(String service) {
        List<io.tributary.schemas.avro.Span> spans = gateway
                .read(gateway.topics().spans().name())
                .stream()
                .map(record -> gateway.topics().spans().decodeValue(record.value()))
                .filter(span -> ServiceName.of(span.getResource()).equals(service))
                .toList();
        assertThat(spans)
                .extracting(io.tributary.schemas.avro.Span::getName)
                .containsExactlyInAnyOrder("parent-0", "child-0", "parent-1", "child-1", "parent-2", "child-2");
        assertThat(spans).filteredOn(span -> span.getParentSpanId() == null).hasSize(3);

        List<LogRecord> logs = gateway.read(gateway.topics().logs().name()).stream()
                .map(record -> gateway.topics().logs().decodeValue(record.value()))
                .filter(log -> ServiceName.of(log.getResource()).equals(service))
                .toList();
        assertThat(logs).extracting(LogRecord::getBody).containsExactlyInAnyOrder("said 0", "said 1", "said 2");
        assertThat(logs)
                .allMatch(log -> spans.stream()
                        .anyMatch(span -> span.getTraceId().equals(log.getTraceId())
                                && span.getSpanId().equals(log.getSpanId())
                                && span.getName().startsWith("parent")));

        List<MetricPoint> points = gateway.read(gateway.topics().metrics().name()).stream()
                .map(record -> gateway.topics().metrics().decodeValue(record.value()))
                .filter(point -> ServiceName.of(point.getResource()).equals(service))
                .toList();
        assertThat(points)
                .filteredOn(point -> point.getName().equals("orders_total"))
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getValue()).isEqualTo(6.0);
                    assertThat(point.getLabels()).isEqualTo(Map.of("job", service, "otel_scope_name", "shop"));
                });
        assertThat(points)
                .filteredOn(point -> point.getName().equals("wait_milliseconds"))
                .singleElement()
                .satisfies(point -> assertThat(((HistogramValue) point.getValue()).getCount())
                        .isEqualTo(3));
        assertThat(points)
                .filteredOn(point -> point.getName().equals("target_info"))
                .singleElement()
                .satisfies(point -> assertThat(point.getLabels()).containsEntry("zone", "z-1"));
    }
}
