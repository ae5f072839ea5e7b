package io.tributary.metrics.state;

import static io.tributary.metrics.MetricPoints.at;
import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.delta;
import static io.tributary.metrics.MetricPoints.exponential;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.metrics.point.PointReader;
import io.tributary.metrics.rollup.Fold;
import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Scalar;
import io.tributary.metrics.rollup.Settled;
import io.tributary.metrics.rollup.Shape;
import io.tributary.schemas.avro.MetricPoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    static List<MetricPoint> points() {
        return List.of(
                gauge("g", 1, -0.5),
                counter("c", 0, 1, 1e300),
                delta(counter("c", Double.NaN, 1, 3)),
                histogram("h", 0, 1, List.of(-1.0, 0.0, 1e9), List.of(1L, 0L, 1L << 60, 3L)),
                histogram("h", 0, 1, List.of(), List.of()),
                exponential("e", 0, 1, -10, -2, List.of(1L, 0L, 7L)),
                delta(exponential("e", 0, 1, 20, 1 << 29, List.of(4L))),
                summary("q", 0, 1, 3, 9.5, 7));
    }

    @ParameterizedTest
    @MethodSource("points")
    void samplesRollupsAndSettledStatesComeBackAsTheyWere(MetricPoint point) {
        Sample sample = PointReader.read(point).orElseThrow();
        byte[] bytes = Codec.sample(sample);
        assertThat(Codec.sample(Codec.sample(sample.time(), bytes))).isEqualTo(bytes);
        assertThat(Codec.sample(sample.time(), bytes))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(sample);

        Fold fold = new Fold(Settled.NOTHING, Long.MAX_VALUE);
        fold.add(sample);
        Rollup rollup = fold.take().orElseThrow();
        assertThat(Codec.rollup(Codec.rollup(rollup)))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(rollup);

        StateWriter out = new StateWriter();
        Codec.put(out, fold.settled());
        assertThat(Codec.settled(new StateReader(out.toBytes())))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(fold.settled());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.000000001, 1, 2, 3600})
    void startsBeforeAtAndAfterTheTimeComeBackAsTheyWere(double start) {
        Sample sample = new Sample(Shape.COUNTER, at(1), at(start), new Scalar(2));
        assertThat(Codec.sample(sample.time(), Codec.sample(sample))).isEqualTo(sample);
        Sample untold = new Sample(Shape.COUNTER, at(1), 0, new Scalar(2));
        assertThat(Codec.sample(untold.time(), Codec.sample(untold))).isEqualTo(untold);
    }

    @Test
    void aScalarSampleIsSmall() {
        assertThat(Codec.sample(PointReader.read(gauge("g", 1, 5)).orElseThrow()))
                .hasSize(10);
        assertThat(Codec.sample(PointReader.read(counter("c", -86_400, 1, 5)).orElseThrow()))
                .hasSizeLessThan(18);
    }

    @Test
    void aSeriesComesBackAsItWasWithoutEmptyLabels() {
        MetricPoint point = gauge("größe", 1, 5);
        point.setLabels(Map.of("host", "a", "empty", "", "zone", "β"));
        Series series = Series.decode(new Series(Identity.encode(point), Settled.NOTHING).encode());
        assertThat(series.identity())
                .isEqualTo(new Identity("default", "größe", Map.of("host", "a", "zone", "β"), "By"));
        assertThat(series.settled()).isEqualTo(Settled.NOTHING);
    }

    @Test
    void stateOfAnotherVersionIsNotMisread() {
        assertThatThrownBy(() -> Series.decode(new byte[] {9, 0})).hasMessageContaining("version 9 (expected: 1)");
    }
}
