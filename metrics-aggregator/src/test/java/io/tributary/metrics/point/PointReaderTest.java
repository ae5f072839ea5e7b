package io.tributary.metrics.point;

import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.delta;
import static io.tributary.metrics.MetricPoints.exponential;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.point;
import static io.tributary.metrics.MetricPoints.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.metrics.rollup.ExponentialHistogram;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Shape;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PointReaderTest {
    static List<Arguments> shapes() {
        MetricPoint untold = counter("c", 0, 1, 5);
        untold.setTemporality(Temporality.UNSPECIFIED);
        MetricPoint upDown = counter("c", 0, 1, -5);
        upDown.setMonotonic(false);
        MetricPoint unknown = gauge("g", 1, 5);
        unknown.setKind(MetricKind.UNKNOWN);
        return List.of(
                Arguments.of(gauge("g", 1, 5), Shape.GAUGE),
                Arguments.of(unknown, Shape.UNKNOWN),
                Arguments.of(counter("c", 0, 1, 5), Shape.COUNTER),
                Arguments.of(untold, Shape.COUNTER),
                Arguments.of(delta(counter("c", 0, 1, 5)), Shape.COUNTER_DELTA),
                Arguments.of(upDown, Shape.UP_DOWN),
                Arguments.of(histogram("h", 0, 1, List.of(), List.of()), Shape.HISTOGRAM),
                Arguments.of(delta(histogram("h", 0, 1, List.of(), List.of(3L))), Shape.HISTOGRAM_DELTA),
                Arguments.of(exponential("e", 0, 1, 0, 0, List.of(1L)), Shape.EXPONENTIAL),
                Arguments.of(delta(exponential("e", 0, 1, 0, 0, List.of(1L))), Shape.EXPONENTIAL_DELTA),
                Arguments.of(summary("s", 0, 1, 1, 1, 1), Shape.SUMMARY));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyKindAndTemporalityHasItsShape(MetricPoint point, Shape shape) {
        assertThat(PointReader.read(point)).map(Sample::shape).contains(shape);
    }

    static List<Arguments> contradictions() {
        return List.of(
                Arguments.of(
                        point("g", 1, summary("s", 0, 1, 1, 1, 1).getValue()), "value: SummaryValue (expected: Double"),
                Arguments.of(counter("c", 0, 1, -1), "value: -1.0 (expected: at least 0 in a monotonic sum)"),
                Arguments.of(
                        histogram("h", 0, 1, List.of(1.0), List.of(1L)),
                        "bucket_counts: 1 buckets for 1 bounds (expected: one more than the bounds)"),
                Arguments.of(
                        histogram("h", 0, 1, List.of(1.0, 1.0), List.of(1L, 1L, 1L)),
                        "explicit_bounds: 1.0 (expected: strictly increasing)"),
                Arguments.of(
                        histogram("h", 0, 1, List.of(1.0), List.of(5L, -1L)),
                        "bucket_counts: -1 (expected: at least 0)"),
                Arguments.of(exponential("e", 0, 1, 21, 0, List.of(1L)), "scale: 21 (expected: -10 to 20)"),
                Arguments.of(
                        exponential("e", 0, 1, 0, Integer.MAX_VALUE, List.of(1L)),
                        "positive.offset: 2147483647 (expected: an index for every bucket)"),
                Arguments.of(summary("s", 0, 1, -1, 1, 1), "count: -1 (expected: at least 0)"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void aValueThatContradictsItselfIsRejectedWithTheFieldsName(MetricPoint point, String message) {
        assertThatThrownBy(() -> PointReader.read(point))
                .isInstanceOfSatisfying(
                        RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_RECORD))
                .hasMessageStartingWith(message);
    }

    @Test
    void aSummaryWithoutAUsableSumHasNoSample() {
        assertThat(PointReader.read(summary("s", 0, 1, 1, Double.NaN, 1))).isEmpty();
    }

    @Test
    void aHugeExponentialHistogramIsCoarsenedAndKeepsItsCounts() {
        MetricPoint point = exponential("e", 0, 1, 20, -5000, Collections.nCopies(10_000, 1L));
        ExponentialHistogram histogram =
                (ExponentialHistogram) PointReader.read(point).orElseThrow().measure();
        ExponentialHistogramValue value = histogram.toAvro();
        assertThat(value.getPositive().getBucketCounts()).hasSizeLessThanOrEqualTo(ExponentialHistogram.MAX_BUCKETS);
        assertThat(LongStream.of(histogram.positive().counts()).sum()).isEqualTo(10_000);
        assertThat(value.getScale()).isEqualTo(15);
    }
}
