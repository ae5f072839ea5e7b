package io.tributary.gateway.translate;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.tributary.gateway.prometheus.Labels;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.identity.SeriesId;
import java.util.Map;

/** Metric points of every kind. OTLP: opentelemetry/proto/metrics/v1/metrics.proto. */
public final class MetricTranslator implements Translator<ExportMetricsServiceRequest, SeriesId, MetricPoint> {
    private final MetricRules rules;

    /** A translator by these rules. */
    public MetricTranslator(MetricRules rules) {
        this.rules = rules;
    }

    @Override
    public long count(ExportMetricsServiceRequest request) {
        long count = 0;
        for (ResourceMetrics ofResource : request.getResourceMetricsList()) {
            for (ScopeMetrics ofScope : ofResource.getScopeMetricsList()) {
                for (Metric metric : ofScope.getMetricsList()) {
                    count += points(metric);
                }
            }
        }
        return count;
    }

    private static long points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsCount();
            case SUM -> metric.getSum().getDataPointsCount();
            case HISTOGRAM -> metric.getHistogram().getDataPointsCount();
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsCount();
            case SUMMARY -> metric.getSummary().getDataPointsCount();
            case DATA_NOT_SET -> PointMaker.isOfUnknownKind(metric) ? 1 : 0;
        };
    }

    @Override
    public void translate(
            ExportMetricsServiceRequest request,
            String tenant,
            TimeRules times,
            RecordSink<SeriesId, MetricPoint> sink) {
        for (ResourceMetrics ofResource : request.getResourceMetricsList()) {
            Resource resource = Origins.resource(ofResource.getResource(), ofResource.getSchemaUrl());
            Map<String, String> identity = Labels.identity(ofResource.getResource());
            PointMaker points = new PointMaker(tenant, resource, times, sink);
            for (ScopeMetrics ofScope : ofResource.getScopeMetricsList()) {
                Map<String, String> labels = rules.scopeLabels()
                        ? Labels.withScope(identity, ofScope.getScope(), ofScope.getSchemaUrl())
                        : identity;
                points.enter(Origins.scope(ofScope.getScope(), ofScope.getSchemaUrl()), labels);
                ofScope.getMetricsList().forEach(points::add);
            }
            if (rules.targetInfo()) {
                points.addTargetInfo(ofResource.getResource(), identity);
            }
        }
    }
}
