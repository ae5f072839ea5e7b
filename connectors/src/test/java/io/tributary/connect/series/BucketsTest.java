package io.tributary.connect.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void explicitBucketsBecomeCumulative() {
        HistogramValue histogram = HistogramValue.newBuilder()
                .setCount(10)
                .setExplicitBounds(List.of(0.1, 1.0))
                .setBucketCounts(List.of(2L, 3L, 5L))
                .build();
        assertThat(Buckets.of(histogram))
                .containsExactly(new Buckets(0.1, 2), new Buckets(1.0, 5), new Buckets(INF, 10));
    }

    @Test
    void aHistogramWithoutBucketsHasOne() {
        assertThat(Buckets.of(HistogramValue.newBuilder().setCount(4).build())).containsExactly(new Buckets(INF, 4));
    }

    @Test
    void exponentialBucketsGoFromTheMostNegativeOverZeroToTheMostPositive() {
        ExponentialHistogramValue histogram = ExponentialHistogramValue.newBuilder()
                .setCount(15)
                .setScale(0)
                .setZeroCount(4)
                .setZeroThreshold(0.25)
                .setNegative(new ExponentialBuckets(0, List.of(1L, 2L)))
                .setPositive(new ExponentialBuckets(-1, List.of(3L, 5L)))
                .build();
        // Negative: [-4,-2) has 2, [-2,-1) has 1; positive: (0.5,1] has 3, (1,2] has 5.
        assertThat(Buckets.of(histogram))
                .containsExactly(
                        new Buckets(-2, 2),
                        new Buckets(-1, 3),
                        new Buckets(0.25, 7),
                        new Buckets(1, 10),
                        new Buckets(2, 15),
                        new Buckets(INF, 15));
    }

    @Test
    void boundsFollowTheScale() {
        assertThat(first(2, 3)).isCloseTo(Math.pow(2, 4 / 4.0), within(1e-12));
        assertThat(first(2, -3)).isCloseTo(Math.pow(2, -2 / 4.0), within(1e-12));
        assertThat(first(-1, 1)).isEqualTo(16.0);
        assertThat(first(20, 0)).isCloseTo(Math.pow(2, 1.0 / (1 << 20)), within(1e-12));
    }

    private static double first(int scale, int offset) {
        ExponentialHistogramValue histogram = ExponentialHistogramValue.newBuilder()
                .setCount(1)
                .setScale(scale)
                .setPositive(new ExponentialBuckets(offset, List.of(1L)))
                .build();
        return Buckets.of(histogram).getFirst().bound();
    }
}
