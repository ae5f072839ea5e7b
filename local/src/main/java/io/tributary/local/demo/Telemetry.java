package io.tributary.local.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The OpenTelemetry SDK of one service. */
public final class Telemetry implements AutoCloseable {
    private static final String SCOPE = "io.tributary.demo";
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final long FLUSH_SECONDS = 10;

    private final String service;
    private final OpenTelemetrySdk sdk;
    private final Logger logger;

    /** The SDK of the service with this name; metrics are sent each interval. */
    public Telemetry(String service, Exporters exporters, Duration metricInterval) {
        this.service = service;
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        service,
                        AttributeKey.stringKey("service.namespace"),
                        "demo",
                        AttributeKey.stringKey("service.instance.id"),
                        service + "-1")));
        sdk = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(BatchSpanProcessor.builder(exporters.spans())
                                .setScheduleDelay(DELAY)
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(PeriodicMetricReader.builder(exporters.metrics())
                                .setInterval(metricInterval)
                                .build())
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(resource)
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporters.logs())
                                .setScheduleDelay(DELAY)
                                .build())
                        .build())
                .build();
        logger = sdk.getLogsBridge().get(SCOPE);
    }

    /** The service's name. */
    public String service() {
        return service;
    }

    public Tracer tracer() {
        return sdk.getTracer(SCOPE);
    }

    public Meter meter() {
        return sdk.getMeter(SCOPE);
    }

    /** Carries the trace's context from one service to the next. */
    public TextMapPropagator propagator() {
        return sdk.getPropagators().getTextMapPropagator();
    }

    /** Logs in the current context, so that the record carries the ids of the current span. */
    public void log(Severity severity, String message, Attributes attributes) {
        logger.logRecordBuilder()
                .setSeverity(severity)
                .setSeverityText(severity.name())
                .setBody(message)
                .setAllAttributes(attributes)
                .emit();
    }

    /** Sends what is left, waiting for at most ten seconds for each signal. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
        sdk.getSdkLoggerProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
        sdk.getSdkMeterProvider().shutdown().join(FLUSH_SECONDS, TimeUnit.SECONDS);
    }
}
