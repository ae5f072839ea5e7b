package io.tributary.it.client;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.tributary.it.system.Endpoints;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An OpenTelemetry SDK as an application would set it up: logs and metrics over OTLP/HTTP, spans over OTLP/gRPC. It
 * sends when it is flushed, and fails then if something was not taken.
 */
public final class Service implements AutoCloseable {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int QUEUE = 20_000;
    private static final int BATCH = 500;

    private final OpenTelemetrySdk sdk;

    /** The service of this name; its metrics are as old as the clock tells. */
    public Service(Endpoints endpoints, String name, Clock metricClock) {
        Resource resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"),
                name,
                AttributeKey.stringKey("service.instance.id"),
                name + "-1"));
        sdk = OpenTelemetrySdk.builder()
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                        .setEndpoint(endpoints
                                                .at("OTLP_HTTP", "/v1/logs")
                                                .toString())
                                        .build())
                                .setMaxQueueSize(QUEUE)
                                .setMaxExportBatchSize(BATCH)
                                .build())
                        .build())
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpGrpcSpanExporter.builder()
                                        .setEndpoint(
                                                endpoints.at("OTLP_GRPC", "").toString())
                                        .build())
                                .setMaxQueueSize(QUEUE)
                                .setMaxExportBatchSize(BATCH)
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .setClock(metricClock)
                        .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                        .setEndpoint(endpoints
                                                .at("OTLP_HTTP", "/v1/metrics")
                                                .toString())
                                        .setCompression("gzip")
                                        .build())
                                .setInterval(NEVER)
                                .build())
                        .build())
                .build();
    }

    /** The service of this name. */
    public Service(Endpoints endpoints, String name) {
        this(endpoints, name, Clock.getDefault());
    }

    public OpenTelemetrySdk sdk() {
        return sdk;
    }

    /** Sends all that was gathered. */
    public void flush() {
        settle(sdk.getSdkLoggerProvider().forceFlush(), "logs");
        settle(sdk.getSdkTracerProvider().forceFlush(), "spans");
    }

    /** Sends the metrics as they are at the clock's time. */
    public void flushMetrics() {
        settle(sdk.getSdkMeterProvider().forceFlush(), "metrics");
    }

    private static void settle(CompletableResultCode result, String what) {
        if (!result.join(60, TimeUnit.SECONDS).isSuccess()) {
            throw new AssertionError(what + " were not taken");
        }
    }

    @Override
    public void close() {
        sdk.close();
    }
}
