package io.tributary.gateway.translate;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.tributary.gateway.prometheus.LabelSet;
import io.tributary.gateway.prometheus.Labelling;
import io.tributary.gateway.prometheus.Labels;
import io.tributary.gateway.prometheus.MetricName;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.RefusedException;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.Exemplar;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Scope;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SeriesText;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the points of one resource, metric by metric. */
final class PointMaker {
    private static final String TARGET_INFO = "target_info";
    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private final String tenant;
    private final Resource resource;
    private final TimeRules times;
    private final RecordSink<SeriesId, MetricPoint> sink;
    private final SeriesText text = new SeriesText();
    private Scope scope = new Scope();
    private Labelling labelling = new Labelling(Map.of());
    private long newest;

    PointMaker(String tenant, Resource resource, TimeRules times, RecordSink<SeriesId, MetricPoint> sink) {
        this.tenant = tenant;
        this.resource = resource;
        this.times = times;
        this.sink = sink;
    }

    /** Begins the metrics of this scope, whose points all have these labels. */
    void enter(Scope entered, Map<String, String> labels) {
        scope = entered;
        labelling = new Labelling(labels);
    }

    void add(Metric metric) {
        switch (metric.getDataCase()) {
            case GAUGE -> addGauge(metric);
            case SUM -> addSum(metric);
            case HISTOGRAM -> addHistogram(metric);
            case EXPONENTIAL_HISTOGRAM -> addExponentialHistogram(metric);
            case SUMMARY -> addSummary(metric);
            case DATA_NOT_SET -> {
                // A metric without points holds no record.
                if (isOfUnknownKind(metric)) {
                    sink.refuse(Refusal.UNKNOWN_METRIC_KIND);
                }
            }
        }
    }

    /** Whether its points are in a field that came to OTLP later: how many they are cannot be told. */
    static boolean isOfUnknownKind(Metric metric) {
        return metric.getDataCase() == Metric.DataCase.DATA_NOT_SET
                && !metric.getUnknownFields().asMap().isEmpty();
    }

    private void addGauge(Metric metric) {
        Kind kind = kind(metric, MetricKind.GAUGE, AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, false);
        metric.getGauge().getDataPointsList().forEach(point -> addNumber(kind, point));
    }

    private void addSum(Metric metric) {
        var sum = metric.getSum();
        Kind kind = kind(metric, MetricKind.SUM, sum.getAggregationTemporality(), sum.getIsMonotonic());
        sum.getDataPointsList().forEach(point -> addNumber(kind, point));
    }

    private void addNumber(Kind kind, NumberDataPoint point) {
        Times at = new Times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
        add(kind, at, point.getAttributesList(), point.getExemplarsList(), () -> PointValues.of(point));
    }

    private void addHistogram(Metric metric) {
        Kind kind = kind(metric, MetricKind.HISTOGRAM, metric.getHistogram().getAggregationTemporality(), false);
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            Times at = new Times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(kind, at, point.getAttributesList(), point.getExemplarsList(), () -> PointValues.of(point));
        }
    }

    private void addExponentialHistogram(Metric metric) {
        var histogram = metric.getExponentialHistogram();
        Kind kind = kind(metric, MetricKind.EXPONENTIAL_HISTOGRAM, histogram.getAggregationTemporality(), false);
        for (ExponentialHistogramDataPoint point : histogram.getDataPointsList()) {
            Times at = new Times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(kind, at, point.getAttributesList(), point.getExemplarsList(), () -> PointValues.of(point));
        }
    }

    private void addSummary(Metric metric) {
        Kind kind = kind(metric, MetricKind.SUMMARY, AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED, false);
        for (SummaryDataPoint point : metric.getSummary().getDataPointsList()) {
            Times at = new Times(point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.getFlags());
            add(kind, at, point.getAttributesList(), List.of(), () -> PointValues.of(point));
        }
    }

    private void add(
            Kind kind,
            Times at,
            List<KeyValue> attributes,
            List<io.opentelemetry.proto.metrics.v1.Exemplar> sentExemplars,
            Supplier<Object> value) {
        LabelSet labels;
        MetricPoint point;
        try {
            if (kind.name.isEmpty()) {
                throw new RefusedException(Refusal.EMPTY_METRIC_NAME);
            }
            long start = times.optional(at.start);
            long time = times.required(at.time);
            List<Exemplar> exemplars = PointValues.exemplars(sentExemplars, times);
            Object known = (at.flags & NO_VALUE) != 0 ? null : value.get();
            labels = labelling.of(attributes);
            point = point(kind, labels, start, time, known);
            point.setExemplars(exemplars);
        } catch (RefusedException e) {
            sink.refuse(e.refusal());
            return;
        }
        newest = Math.max(newest, point.getTimeUnixNano());
        sink.accept(labels.series(tenant, kind.name, text), point);
    }

    /**
     * Adds what is known of the resource beyond its identity, as of the newest of its points. Without identity nothing
     * could be joined with it, and without further attributes it would tell nothing.
     */
    void addTargetInfo(io.opentelemetry.proto.resource.v1.Resource sent, Map<String, String> identity) {
        List<KeyValue> descriptive = Labels.descriptive(sent);
        if (newest == 0 || identity.isEmpty() || descriptive.isEmpty()) {
            return;
        }
        enter(new Scope("", "", Map.of(), 0L, ""), identity);
        Kind kind = new Kind(TARGET_INFO, "", "", "", MetricKind.GAUGE, Temporality.UNSPECIFIED, false);
        LabelSet labels = labelling.of(descriptive);
        sink.derive(labels.series(tenant, kind.name, text), point(kind, labels, 0, newest, 1.0));
    }

    private MetricPoint point(Kind kind, LabelSet labels, long start, long time, @Nullable Object value) {
        MetricPoint point = new MetricPoint();
        point.setTenant(tenant);
        point.setName(kind.name);
        point.setLabels(labels);
        point.setSourceName(kind.sourceName);
        point.setUnit(kind.unit);
        point.setDescription(kind.description);
        point.setKind(kind.kind);
        point.setTemporality(kind.temporality);
        point.setMonotonic(kind.monotonic);
        point.setStartTimeUnixNano(start);
        point.setTimeUnixNano(time);
        point.setValue(value);
        point.setExemplars(List.of());
        point.setResource(resource);
        point.setScope(scope);
        return point;
    }

    private static Kind kind(Metric metric, MetricKind kind, AggregationTemporality temporality, boolean monotonic) {
        MetricName.Style style = monotonic
                ? MetricName.Style.COUNTER
                : kind == MetricKind.GAUGE ? MetricName.Style.GAUGE : MetricName.Style.OTHER;
        String name = MetricName.of(metric.getName(), metric.getUnit(), style);
        return new Kind(
                name,
                name.equals(metric.getName()) ? "" : metric.getName(),
                metric.getUnit(),
                metric.getDescription(),
                kind,
                switch (temporality) {
                    case AGGREGATION_TEMPORALITY_DELTA -> Temporality.DELTA;
                    case AGGREGATION_TEMPORALITY_CUMULATIVE -> Temporality.CUMULATIVE;
                    default -> Temporality.UNSPECIFIED;
                },
                monotonic);
    }

    /** What all points of a metric share. */
    private record Kind(
            String name,
            String sourceName,
            String unit,
            String description,
            MetricKind kind,
            Temporality temporality,
            boolean monotonic) {}

    /** The raw times and flags of a point. */
    private record Times(long start, long time, int flags) {}
}
