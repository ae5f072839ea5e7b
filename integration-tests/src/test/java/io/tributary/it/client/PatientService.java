package io.tributary.it.client;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.tributary.it.system.Endpoints;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An application that logs through OpenTelemetry's SDK and outlasts minutes without a gateway: its queue holds what it
 * logs meanwhile, and its exporter's own retries reach far enough. By default they reach ten seconds.
 */
public final class PatientService implements AutoCloseable {
    private static final Duration OUTAGE = Duration.ofMinutes(4);
    private static final int QUEUE = 20_000;
    private static final RetryPolicy RETRY = RetryPolicy.builder()
            .setMaxAttempts(5)
            .setInitialBackoff(Duration.ofSeconds(10))
            .setBackoffMultiplier(2)
            .setMaxBackoff(Duration.ofMinutes(1))
            .build();

    private final OpenTelemetrySdk sdk;

    public PatientService(Endpoints endpoints, String name) {
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoints.at("OTLP_HTTP", "/v1/logs").toString())
                .setTimeout(OUTAGE)
                .setRetryPolicy(RETRY)
                .build();
        sdk = OpenTelemetrySdk.builder()
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), name)))
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter)
                                .setMaxQueueSize(QUEUE)
                                .setExporterTimeout(OUTAGE)
                                .build())
                        .build())
                .build();
    }

    public OpenTelemetrySdk sdk() {
        return sdk;
    }

    /** Waits until all that was logged is sent; fails if it is not. */
    public void flush() {
        if (!sdk.getSdkLoggerProvider()
                .forceFlush()
                .join(OUTAGE.toSeconds(), TimeUnit.SECONDS)
                .isSuccess()) {
            throw new AssertionError("logs were not taken");
        }
    }

    @Override
    public void close() {
        sdk.close();
    }
}
