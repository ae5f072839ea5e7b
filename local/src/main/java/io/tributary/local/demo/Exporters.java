package io.tributary.local.demo;

import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/**
 * Where an SDK sends what it has gathered.
 *
 * @param spans takes spans
 * @param metrics takes metrics
 * @param logs takes log records
 */
public record Exporters(SpanExporter spans, MetricExporter metrics, LogRecordExporter logs) {
    /** OTLP over HTTP with gzip, to this base URL such as {@code http://127.0.0.1:4318}. */
    public static Exporters otlp(String url) {
        return new Exporters(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + "/v1/traces")
                        .setCompression("gzip")
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(url + "/v1/metrics")
                        .setCompression("gzip")
                        .build(),
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(url + "/v1/logs")
                        .setCompression("gzip")
                        .build());
    }
}
