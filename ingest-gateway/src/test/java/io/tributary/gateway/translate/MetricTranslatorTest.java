package io.tributary.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.tributary.gateway.validate.Refusal;
import io.tributary.gateway.validate.TimeRules;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.identity.SeriesId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MetricTranslatorTest {
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final TimeRules TIMES = TimeRules.at(NOW, Duration.ofDays(1));
    private static final long TIME = TIMES.now() - 1_000;

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportMetricsServiceRequest request(Metric... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", "cart"))
                                .addAttributes(attribute("host.name", "h-1"))
                                .addAttributes(attribute("os.type", "linux")))
                        .addScopeMetrics(scope))
                .build();
    }

    private static CollectingSink<SeriesId, MetricPoint> translate(Metric... metrics) {
        ExportMetricsServiceRequest request = request(metrics);
        CollectingSink<SeriesId, MetricPoint> sink = new CollectingSink<>();
        MetricTranslator translator = new MetricTranslator(new MetricRules(true, true));
        translator.translate(request, "acme", TIMES, sink);
        assertThat(translator.count(request))
                .as("each is accepted or refused")
                .isEqualTo(sink.accepted().size() + sink.refused().size());
        return sink;
    }

    private static Metric gauge(NumberDataPoint.Builder... points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberDataPoint.Builder point : points) {
            gauge.addDataPoints(point);
        }
        return Metric.newBuilder().setName("g").setGauge(gauge).build();
    }

    private static NumberDataPoint.Builder at(long time) {
        return NumberDataPoint.newBuilder().setTimeUnixNano(time).setAsInt(5);
    }

    private static Metric histogram(List<Long> counts, List<Double> bounds) {
        return Metric.newBuilder()
                .setName("h")
                .setHistogram(Histogram.newBuilder()
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(TIME)
                                .addAllBucketCounts(counts)
                                .addAllExplicitBounds(bounds)))
                .build();
    }

    private static Metric exponential(int scale, long count) {
        return exponential(point -> point.setScale(scale).setCount(count));
    }

    private static Metric exponential(Consumer<ExponentialHistogramDataPoint.Builder> content) {
        ExponentialHistogramDataPoint.Builder point =
                ExponentialHistogramDataPoint.newBuilder().setTimeUnixNano(TIME);
        content.accept(point);
        return Metric.newBuilder()
                .setName("e")
                .setExponentialHistogram(ExponentialHistogram.newBuilder().addDataPoints(point))
                .build();
    }

    private static Metric summary(double... quantiles) {
        SummaryDataPoint.Builder point =
                SummaryDataPoint.newBuilder().setTimeUnixNano(TIME).setCount(9).setSum(4.5);
        for (double quantile : quantiles) {
            point.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder()
                    .setQuantile(quantile)
                    .setValue(quantile * 10));
        }
        return Metric.newBuilder()
                .setName("s")
                .setSummary(Summary.newBuilder().addDataPoints(point))
                .build();
    }

    @Test
    void theResourceMakesOneTargetInfoAsOfItsNewestPoint() {
        var sink = translate(gauge(at(TIME), at(TIME + 7)), gauge(at(TIME + 3)));

        assertThat(sink.accepted()).hasSize(3);
        assertThat(sink.derived()).hasSize(1);
        MetricPoint info = sink.derived().getFirst();
        assertThat(info.getName()).isEqualTo("target_info");
        assertThat(info.getTimeUnixNano()).isEqualTo(TIME + 7);
        assertThat(info.getValue()).isEqualTo(1.0);
        assertThat(info.getTenant()).isEqualTo("acme");
        assertThat(info.getLabels()).isEqualTo(Map.of("job", "cart", "host_name", "h-1", "os_type", "linux"));
    }

    @Test
    void aPointWithoutRecordedValueIsStale() {
        var sink = translate(gauge(
                NumberDataPoint.newBuilder().setTimeUnixNano(TIME).setFlags(1), at(TIME).setAsDouble(Double.NaN)));

        assertThat(sink.refused()).isEmpty();
        assertThat(sink.accepted().get(0).getValue()).isNull();
        assertThat(sink.accepted().get(1).getValue()).isEqualTo(Double.NaN);
    }

    @Test
    void timesMustBeToldAndPlausible() {
        long dayAhead = TIMES.now() + Duration.ofDays(1).toNanos();
        var sink = translate(gauge(at(0), at(-1), at(dayAhead + 1), at(dayAhead), at(1)));

        assertThat(sink.accepted()).extracting(MetricPoint::getTimeUnixNano).containsExactly(dayAhead, 1L);
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.ZERO_TIMESTAMP, Refusal.TIMESTAMP_OUT_OF_RANGE, Refusal.TIMESTAMP_OUT_OF_RANGE);
    }

    @Test
    void namesAndValuesMustBeThere() {
        var sink = translate(
                gauge(at(TIME)).toBuilder().setName("").build(),
                gauge(at(TIME)).toBuilder().setName("***").build(),
                gauge(NumberDataPoint.newBuilder().setTimeUnixNano(TIME)),
                gauge(at(TIME).addExemplars(Exemplar.getDefaultInstance())));

        assertThat(sink.accepted()).isEmpty();
        assertThat(sink.derived()).isEmpty();
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.EMPTY_METRIC_NAME,
                        Refusal.EMPTY_METRIC_NAME,
                        Refusal.MISSING_VALUE,
                        Refusal.MISSING_VALUE);
    }

    @Test
    void bucketsMustFitTheirBounds() {
        var sink = translate(
                histogram(List.of(1L, 2L, 3L), List.of(0.5, 1.5)),
                histogram(List.of(), List.of()),
                histogram(List.of(1L), List.of()),
                histogram(List.of(1L, 2L), List.of(0.5, 1.5)),
                histogram(List.of(1L, 2L, 3L, 4L), List.of(0.5, 1.5)),
                histogram(List.of(), List.of(0.5)),
                histogram(List.of(1L, 2L, 3L), List.of(1.5, 1.5)),
                histogram(List.of(1L, 2L), List.of(Double.NaN)),
                histogram(List.of(1L, -2L), List.of(1.0)));

        assertThat(sink.accepted()).hasSize(3);
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_COUNT);
    }

    @Test
    void aMetricOfAKindThatCameToOtlpLaterIsRefusedAndOneWithoutAnyHoldsNoRecord() {
        int later = 99;
        Metric unknown = Metric.newBuilder()
                .setName("of-tomorrow")
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                later,
                                UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(ByteString.copyFromUtf8("points"))
                                        .build())
                        .build())
                .build();
        Metric known = gauge(at(TIME).setAsDouble(1)).toBuilder()
                .setUnknownFields(unknown.getUnknownFields())
                .build();
        Metric empty = Metric.newBuilder().setName("empty").build();

        var sink = translate(unknown, known, empty);

        assertThat(sink.accepted()).hasSize(1);
        assertThat(sink.refused()).containsExactly(Refusal.UNKNOWN_METRIC_KIND);
        assertThat(new MetricTranslator(new MetricRules(true, true)).count(request(unknown, known, empty)))
                .isEqualTo(2);
    }

    @Test
    void exponentialBucketsHaveIndicesAndAWidthAroundZero() {
        int most = Integer.MAX_VALUE;
        var sink = translate(
                exponential(at -> at.getPositiveBuilder().setOffset(most - 1).addBucketCounts(1)),
                exponential(at -> at.getPositiveBuilder().setOffset(most).addBucketCounts(1)),
                exponential(at -> at.getNegativeBuilder().setOffset(most - 1).addAllBucketCounts(List.of(0L, 1L))),
                exponential(at -> at.setZeroThreshold(Double.NaN)),
                exponential(at -> at.setZeroThreshold(-1)));

        assertThat(sink.accepted()).hasSize(1);
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_BUCKETS,
                        Refusal.INVALID_ZERO_THRESHOLD,
                        Refusal.INVALID_ZERO_THRESHOLD);
    }

    @Test
    void scalesCountsAndQuantilesHaveBounds() {
        var sink = translate(
                exponential(20, 1),
                exponential(21, 1),
                exponential(-11, 1),
                exponential(0, -1),
                summary(0.9, 0.0, 1.0, 0.5),
                summary(0.5, 1.1),
                summary(Double.NaN));

        assertThat(sink.accepted()).hasSize(2);
        SummaryValue value = (SummaryValue) sink.accepted().get(1).getValue();
        assertThat(value.getQuantiles()).extracting(one -> one.getQuantile()).containsExactly(0.0, 0.5, 0.9, 1.0);
        assertThat(sink.refused())
                .containsExactly(
                        Refusal.INVALID_SCALE,
                        Refusal.INVALID_SCALE,
                        Refusal.INVALID_COUNT,
                        Refusal.INVALID_QUANTILE,
                        Refusal.INVALID_QUANTILE);
    }
}
