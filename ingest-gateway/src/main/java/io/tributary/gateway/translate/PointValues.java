package io.tributary.gateway.translate;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.tributary.gateway.validate.Ids;
import io.tributary.gateway.validate.PointRules;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.RefusedException;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.Exemplar;
import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import java.util.ArrayList;
import java.util.List;

/** Values of OTLP's points as those of the data contract. OTLP: opentelemetry/proto/metrics/v1/metrics.proto. */
final class PointValues {
    private PointValues() {}

    static Double of(NumberDataPoint point) {
        return switch (point.getValueCase()) {
            case AS_DOUBLE -> point.getAsDouble();
            case AS_INT -> (double) point.getAsInt();
            case VALUE_NOT_SET -> throw new RefusedException(Refusal.MISSING_VALUE);
        };
    }

    static HistogramValue of(HistogramDataPoint point) {
        PointRules.buckets(point.getBucketCountsList(), point.getExplicitBoundsList());
        return new HistogramValue(
                PointRules.count(point.getCount()),
                point.hasSum() ? point.getSum() : null,
                point.hasMin() ? point.getMin() : null,
                point.hasMax() ? point.getMax() : null,
                point.getExplicitBoundsList(),
                point.getBucketCountsList());
    }

    static ExponentialHistogramValue of(ExponentialHistogramDataPoint point) {
        return new ExponentialHistogramValue(
                PointRules.count(point.getCount()),
                point.hasSum() ? point.getSum() : null,
                point.hasMin() ? point.getMin() : null,
                point.hasMax() ? point.getMax() : null,
                PointRules.scale(point.getScale()),
                PointRules.count(point.getZeroCount()),
                PointRules.zeroThreshold(point.getZeroThreshold()),
                buckets(point.getPositive()),
                buckets(point.getNegative()));
    }

    private static ExponentialBuckets buckets(Buckets buckets) {
        PointRules.indices(buckets.getOffset(), buckets.getBucketCountsList());
        return new ExponentialBuckets(buckets.getOffset(), buckets.getBucketCountsList());
    }

    static SummaryValue of(SummaryDataPoint point) {
        List<QuantileValue> quantiles = new ArrayList<>(point.getQuantileValuesCount());
        for (SummaryDataPoint.ValueAtQuantile at : point.getQuantileValuesList()) {
            quantiles.add(new QuantileValue(PointRules.quantile(at.getQuantile()), at.getValue()));
        }
        quantiles.sort((one, other) -> Double.compare(one.getQuantile(), other.getQuantile()));
        return new SummaryValue(PointRules.count(point.getCount()), point.getSum(), quantiles);
    }

    static List<Exemplar> exemplars(List<io.opentelemetry.proto.metrics.v1.Exemplar> sent, TimeRules times) {
        if (sent.isEmpty()) {
            return List.of();
        }
        List<Exemplar> exemplars = new ArrayList<>(sent.size());
        for (io.opentelemetry.proto.metrics.v1.Exemplar exemplar : sent) {
            ByteString traceId = exemplar.getTraceId();
            exemplars.add(new Exemplar(
                    times.optional(exemplar.getTimeUnixNano()),
                    value(exemplar),
                    Ids.traceId(traceId),
                    Ids.spanId(exemplar.getSpanId()),
                    AnyValues.of(exemplar.getFilteredAttributesList())));
        }
        return exemplars;
    }

    private static double value(io.opentelemetry.proto.metrics.v1.Exemplar exemplar) {
        return switch (exemplar.getValueCase()) {
            case AS_DOUBLE -> exemplar.getAsDouble();
            case AS_INT -> exemplar.getAsInt();
            case VALUE_NOT_SET -> throw new RefusedException(Refusal.MISSING_VALUE);
        };
    }
}
