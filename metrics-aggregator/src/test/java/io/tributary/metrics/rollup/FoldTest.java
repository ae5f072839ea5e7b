package io.tributary.metrics.rollup;

import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.delta;
import static io.tributary.metrics.MetricPoints.exponential;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.metrics.MetricPoints;
import io.tributary.metrics.point.PointReader;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTest {
    private static final double UNKNOWN = Double.NaN;
    private static final List<Double> BOUNDS = List.of(1.0, 5.0);

    private final Fold fold = new Fold(Settled.NOTHING, Duration.ofHours(1).toNanos());

    @Test
    void aGaugeHasExtremesSumAndLast() {
        Rollup rollup = add(gauge("g", 0, 3), gauge("g", 10, -1), gauge("g", 20, 2));
        assertThat(rollup.content()).isEqualTo(new Gauge(-1, 3, 4, 2));
        assertThat(rollup.count()).isEqualTo(3);
        assertThat(rollup.lastTime()).isEqualTo(MetricPoints.at(20));
    }

    @Test
    void aSumThatMayFallIsRolledUpLikeAGauge() {
        MetricPoint up = counter("s", 0, 10, 5);
        up.setMonotonic(false);
        MetricPoint down = counter("s", 0, 20, 2);
        down.setMonotonic(false);
        Rollup rollup = add(up, down);
        assertThat(rollup.content()).isEqualTo(new Gauge(2, 5, 7, 2));
        assertThat(rollup.shape().kind()).isEqualTo(MetricKind.SUM);
    }

    @Test
    void changesOfASumThatMayFallBecomeItsRunningTotal() {
        MetricPoint up = delta(counter("s", 0, 10, 5));
        up.setMonotonic(false);
        MetricPoint down = delta(counter("s", 10, 20, -2));
        down.setMonotonic(false);
        assertThat(add(up, down).content()).isEqualTo(new Gauge(3, 5, 8, 3));
    }

    @Test
    void aCounterGrowsAlsoBetweenWindows() {
        add(counter("c", 0, 10, 5), counter("c", 0, 50, 9));
        assertThat(add(counter("c", 0, 70, 12)).content()).isEqualTo(new Counter(3, 0, 12));
    }

    @Test
    void aFallIsAReset() {
        Rollup rollup = add(
                counter("c", UNKNOWN, 10, 100),
                counter("c", UNKNOWN, 20, 130),
                counter("c", UNKNOWN, 30, 20),
                counter("c", UNKNOWN, 40, 25));
        assertThat(rollup.content()).isEqualTo(new Counter(30 + 20 + 5, 1, 25));
    }

    @Test
    void aNewStartIsAResetAlsoWithoutAFall() {
        assertThat(add(counter("c", 0, 10, 5), counter("c", 15, 20, 8)).content())
                .isEqualTo(new Counter(5 + 8, 1, 8));
    }

    @Test
    void aStartThatMovesWithinWhatWasSeenIsJitter() {
        assertThat(add(counter("c", 0, 10, 5), counter("c", 0.1, 20, 8)).content())
                .isEqualTo(new Counter(8, 0, 8));
    }

    @Test
    void aStartFirstToldIsNoResetUnlessItIsNew() {
        add(counter("c", UNKNOWN, 10, 5));
        assertThat(add(counter("c", 3, 20, 8)).content()).isEqualTo(new Counter(3, 0, 8));
        assertThat(add(counter("c", 25, 30, 2)).content()).isEqualTo(new Counter(2, 1, 2));
    }

    @Test
    void aFirstPointCountsFromItsStart() {
        assertThat(add(counter("c", -600, 10, 7)).content()).isEqualTo(new Counter(7, 0, 7));
    }

    @Test
    void aFirstPointWithoutStartOnlySetsTheBase() {
        assertThat(add(counter("c", UNKNOWN, 10, 7)).content()).isEqualTo(new Counter(0, 0, 7));
    }

    @Test
    void aFirstPointThatStartsAtItsOwnTimeOnlySetsTheBase() {
        add(counter("c", 10, 10, 7));
        assertThat(add(counter("c", 10, 20, 9)).content()).isEqualTo(new Counter(2, 0, 9));
    }

    @Test
    void aFirstPointWithAStartBeyondTheMemoryOnlySetsTheBase() {
        assertThat(add(counter("c", -3600, 10, 7)).content()).isEqualTo(new Counter(0, 0, 7));
    }

    @Test
    void aForgottenCounterBeginsAgain() {
        add(counter("c", 0, 10, 7));
        assertThat(add(counter("c", 0, 3610, 9)).content()).isEqualTo(new Counter(2, 0, 9));
        assertThat(add(counter("c", 0, 3610 + 3600.1, 11)).content()).isEqualTo(new Counter(0, 0, 11));
    }

    @Test
    void deltasAddUpAndKeepARunningTotal() {
        add(delta(counter("c", 0, 10, 5)));
        assertThat(add(delta(counter("c", 10, 20, 2)), delta(counter("c", 20, 30, 4)))
                        .content())
                .isEqualTo(new Counter(6, 0, 11));
    }

    @Test
    void afterAChangeOfKindOnlyTheLaterPointsCount() {
        Rollup rollup = add(gauge("x", 0, 3), counter("x", UNKNOWN, 10, 7), counter("x", UNKNOWN, 20, 9));
        assertThat(rollup.content()).isEqualTo(new Counter(2, 0, 9));
        assertThat(rollup.count()).isEqualTo(2);
    }

    @Test
    void aCumulativeHistogramIsWhatCameSince() {
        add(histogram("h", 0, 10, BOUNDS, List.of(1L, 2L, 3L)));
        Rollup rollup = add(
                histogram("h", 0, 70, BOUNDS, List.of(1L, 4L, 3L)), histogram("h", 0, 80, BOUNDS, List.of(2L, 4L, 4L)));
        assertThat(rollup.content().toAvro())
                .isEqualTo(new HistogramValue(4L, 40.0, null, null, BOUNDS, List.of(1L, 2L, 1L)));
    }

    @Test
    void aHistogramBeginsAgainWhenABucketFallsOrItsBoundsChange() {
        add(histogram("h", UNKNOWN, 10, BOUNDS, List.of(5L, 2L, 3L)));
        assertThat(add(histogram("h", UNKNOWN, 20, BOUNDS, List.of(4L, 9L, 9L)))
                        .content()
                        .toAvro())
                .isEqualTo(new HistogramValue(22L, 220.0, 1.0, 100.0, BOUNDS, List.of(4L, 9L, 9L)));
        assertThat(add(histogram("h", UNKNOWN, 30, List.of(2.0), List.of(20L, 30L)))
                        .content()
                        .toAvro())
                .isEqualTo(new HistogramValue(50L, 500.0, 1.0, 100.0, List.of(2.0), List.of(20L, 30L)));
    }

    @Test
    void aFirstHistogramWithoutStartIsEmpty() {
        assertThat(add(histogram("h", UNKNOWN, 10, BOUNDS, List.of(5L, 2L, 3L)))
                        .content()
                        .toAvro())
                .isEqualTo(new HistogramValue(0L, 0.0, null, null, BOUNDS, List.of(0L, 0L, 0L)));
    }

    @Test
    void deltaHistogramsAddUpWithTheirExtremes() {
        Rollup rollup = add(
                delta(histogram("h", 0, 10, BOUNDS, List.of(1L, 0L, 2L))),
                delta(histogram("h", 10, 20, BOUNDS, List.of(0L, 3L, 1L))));
        assertThat(rollup.content().toAvro())
                .isEqualTo(new HistogramValue(7L, 70.0, 1.0, 100.0, BOUNDS, List.of(1L, 3L, 3L)));
    }

    @Test
    void anExponentialHistogramThatCoarsensHasNotBegunAgain() {
        add(exponential("e", 0, 10, 1, 0, List.of(1L, 2L, 3L, 4L)));
        ExponentialHistogramValue value =
                (ExponentialHistogramValue) add(exponential("e", 0, 20, 0, 0, List.of(4L, 9L, 1L)))
                        .content()
                        .toAvro();
        assertThat(value.getScale()).isZero();
        assertThat(value.getCount()).isEqualTo(4);
        assertThat(value.getPositive().getOffset()).isZero();
        assertThat(value.getPositive().getBucketCounts()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void aSummaryGrowsAndKeepsItsLastQuantiles() {
        add(summary("q", 0, 10, 10, 50, 7));
        Rollup rollup = add(summary("q", 0, 70, 14, 80, 8), summary("q", 0, 80, 15, 90, 9));
        assertThat(rollup.content().toAvro())
                .isEqualTo(
                        new SummaryValue(5L, 40.0, List.of(new QuantileValue(0.5, 4.5), new QuantileValue(0.99, 9.0))));
    }

    private Rollup add(MetricPoint... points) {
        for (MetricPoint point : points) {
            fold.add(PointReader.read(point).orElseThrow());
        }
        return fold.take().orElseThrow();
    }
}
