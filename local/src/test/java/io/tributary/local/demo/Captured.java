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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what SDKs send, also after they were shut down. */
public final class Captured {
    public final List<SpanData> spans = new CopyOnWriteArrayList<>();
    public final List<LogRecordData> logs = new CopyOnWriteArrayList<>();
    public final List<MetricData> metrics = new CopyOnWriteArrayList<>();

    /** Exporters that hand everything to this. */
    public Exporters exporters() {
        return new Exporters(new Spans(), new Metrics(), new Logs());
    }

    private static <T> CompletableResultCode keep(List<T> list, Collection<T> batch) {
        list.addAll(batch);
        return CompletableResultCode.ofSuccess();
    }

    private final class Spans implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            return keep(spans, batch);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final class Logs implements LogRecordExporter {
        @Override
        public CompletableResultCode export(Collection<LogRecordData> batch) {
            return keep(logs, batch);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final class Metrics implements MetricExporter {
        @Override
        public CompletableResultCode export(Collection<MetricData> batch) {
            return keep(metrics, batch);
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }
    }
}
