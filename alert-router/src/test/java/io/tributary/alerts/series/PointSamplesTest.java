package io.tributary.alerts.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.failure.RejectedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointSamplesTest {
    @Test
    void aNumberIsOneSeriesAndAHistogramAndASummaryAreTheirClassicOnes() {
        assertThat(texts(7.0)).containsExactly("m 7.0");
        assertThat(texts(HistogramValue.newBuilder()
                        .setCount(6)
                        .setSum(1.5)
                        .setExplicitBounds(List.of(0.5, 10.0))
                        .setBucketCounts(List.of(1L, 2L, 3L))
                        .build()))
                .containsExactly(
                        "m_bucket le=0.5 1.0",
                        "m_bucket le=10 3.0",
                        "m_bucket le=+Inf 6.0",
                        "m_count 6.0",
                        "m_sum 1.5");
        assertThat(texts(SummaryValue.newBuilder()
                        .setCount(6)
                        .setSum(1.5)
                        .setQuantiles(List.of(new QuantileValue(0.99, 4.0)))
                        .build()))
                .containsExactly("m quantile=0.99 4.0", "m_count 6.0", "m_sum 1.5");
    }

    @Test
    void anExponentialHistogramIsANativeOneWhoseBucketsAreNumberedByTheirUpperBound() {
        assertThat(exponential(1, 0, 2L, 0L, 3L))
                .isEqualTo("{count:7, sum:9, [-0.5,0.5]:2, (1,1.4142135623730951]:2, (2,2.8284271247461903]:3}");
    }

    @Test
    void aHistogramThatIsTooFineIsMadeCoarser() {
        // Four buckets of scale 10 lie within one of scale 8.
        assertThat(exponential(10, 0, 1L, 1L, 1L, 1L)).isEqualTo(exponential(8, 0, 4L));
        assertThatThrownBy(() -> exponential(-5, 0, 1L)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> exponential(0, Integer.MAX_VALUE, 1L)).isInstanceOf(RejectedException.class);
    }

    @Test
    void anEndIsThatOfAllSeriesOfThePoint() {
        MetricPoint end = point().setKind(MetricKind.HISTOGRAM).setValue(null).build();
        assertThat(PointSamples.isStaleFamily(end)).isTrue();
        assertThat(PointSamples.of(end))
                .extracting(sample -> sample.labels().get("__name__") + Samples.isStale(sample.value()))
                .containsExactly("mtrue", "m_counttrue", "m_sumtrue");
        assertThat(PointSamples.isOfFamily(end, Labels.of("__name__", "m_bucket", "job", "a", "le", "5")))
                .isTrue();
        assertThat(PointSamples.isOfFamily(end, Labels.of("__name__", "m_bucket", "job", "b", "le", "5")))
                .isFalse();
    }

    private static String exponential(int scale, int offset, Long... counts) {
        ExponentialHistogramValue value = ExponentialHistogramValue.newBuilder()
                .setCount(2 + List.of(counts).stream().mapToLong(count -> count).sum())
                .setSum(9.0)
                .setScale(scale)
                .setZeroCount(2)
                .setZeroThreshold(0.5)
                .setPositive(new ExponentialBuckets(offset, List.of(counts)))
                .setNegative(new ExponentialBuckets(0, List.of()))
                .build();
        MetricPoint point = point().setValue(value).build();
        return PointSamples.of(point).getFirst().histogram().toString();
    }

    private static List<String> texts(Object value) {
        return PointSamples.of(point().setValue(value).build()).stream()
                .map(sample -> {
                    StringBuilder text = new StringBuilder(sample.labels().get("__name__"));
                    sample.labels()
                            .drop(List.of("__name__", "job"))
                            .forEach((name, label) ->
                                    text.append(' ').append(name).append('=').append(label));
                    return text.append(' ').append(sample.value()).toString();
                })
                .toList();
    }

    private static MetricPoint.Builder point() {
        return MetricPoint.newBuilder()
                .setName("m")
                .setLabels(Map.of("job", "a"))
                .setTimeUnixNano(1);
    }
}
