package io.tributary.local.demo;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what exporters sent, and what they could not send. */
public final class Sent {
    private final AtomicLong spans = new AtomicLong();
    private final AtomicLong points = new AtomicLong();
    private final AtomicLong logs = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /** The same exporters, counted. */
    public Exporters counting(Exporters exporters) {
        return new Exporters(counting(exporters.spans()), counting(exporters.metrics()), counting(exporters.logs()));
    }

    /** Spans that were sent. */
    public long spans() {
        return spans.get();
    }

    /** Metric points that were sent. */
    public long points() {
        return points.get();
    }

    /** Log records that were sent. */
    public long logs() {
        return logs.get();
    }

    /** Spans, points and log records that were given up. */
    public long failed() {
        return failed.get();
    }

    /** The counts, for people. */
    public String line() {
        String sent = spans + " spans, " + logs + " log records, " + points + " metric points sent";
        return failed() == 0 ? sent : sent + ", " + failed + " not";
    }

    private CompletableResultCode count(CompletableResultCode result, AtomicLong counter, long items) {
        return result.whenComplete(() -> (result.isSuccess() ? counter : failed).addAndGet(items));
    }

    private SpanExporter counting(SpanExporter exporter) {
        return new SpanExporter() {
            @Override
            public CompletableResultCode export(Collection<SpanData> batch) {
                return count(exporter.export(batch), spans, batch.size());
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    private LogRecordExporter counting(LogRecordExporter exporter) {
        return new LogRecordExporter() {
            @Override
            public CompletableResultCode export(Collection<LogRecordData> batch) {
                return count(exporter.export(batch), logs, batch.size());
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }
        };
    }

    private MetricExporter counting(MetricExporter exporter) {
        return new MetricExporter() {
            @Override
            public CompletableResultCode export(Collection<MetricData> batch) {
                long items = batch.stream()
                        .mapToLong(metric -> metric.getData().getPoints().size())
                        .sum();
                return count(exporter.export(batch), points, items);
            }

            @Override
            public CompletableResultCode flush() {
                return exporter.flush();
            }

            @Override
            public CompletableResultCode shutdown() {
                return exporter.shutdown();
            }

            @Override
            public AggregationTemporality getAggregationTemporality(InstrumentType type) {
                return exporter.getAggregationTemporality(type);
            }
        };
    }
}
