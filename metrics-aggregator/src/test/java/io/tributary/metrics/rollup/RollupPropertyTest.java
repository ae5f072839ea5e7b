package io.tributary.metrics.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RollupPropertyTest {
    private static final long MEMORY = Duration.ofHours(1).toNanos();

    @Property(tries = 300)
    void mergingHistogramsIsAssociative(
            @ForAll("histograms") Histogram a, @ForAll("histograms") Histogram b, @ForAll("histograms") Histogram c) {
        assertThat(a.plus(b).plus(c).toAvro()).isEqualTo(a.plus(b.plus(c)).toAvro());
    }

    @Property(tries = 300)
    void mergingExponentialHistogramsIsAssociative(
            @ForAll("exponentials") ExponentialHistogram a,
            @ForAll("exponentials") ExponentialHistogram b,
            @ForAll("exponentials") ExponentialHistogram c) {
        assertThat(a.plus(b).plus(c).toAvro()).isEqualTo(a.plus(b.plus(c)).toAvro());
    }

    @Property(tries = 300)
    void noValueIsLostWhateverTheZeroThresholds(
            @ForAll("thresholds") ExponentialHistogram a, @ForAll("thresholds") ExponentialHistogram b) {
        Assume.that(a.totals().count() > 0 && b.totals().count() > 0);
        ExponentialHistogram both = a.plus(b);
        assertThat(counted(both)).isEqualTo(counted(a) + counted(b));
        assertThat(both.toAvro().getPositive()).isEqualTo(b.plus(a).toAvro().getPositive());
        assertThat(both.zeroThreshold()).isEqualTo(b.plus(a).zeroThreshold());
        assertThat(both.scale()).isEqualTo(Math.min(a.scale(), b.scale()));
    }

    @Property(tries = 300)
    void whatWasAddedIsWhatCameSince(
            @ForAll("exponentials") ExponentialHistogram a,
            @ForAll("exponentials") ExponentialHistogram growth,
            @ForAll("histograms") Histogram b) {
        ExponentialHistogram since = a.plus(growth).since(a).orElseThrow();
        assertThat(since.totals().count()).isEqualTo(growth.totals().count());
        assertThat(counted(since.positive())).isEqualTo(counted(growth.positive()));
        assertThat(counted(since.negative())).isEqualTo(counted(growth.negative()));
        assertThat(b.plus(b).since(b).orElseThrow().counts()).containsExactly(b.counts());
    }

    @Property(tries = 300)
    void aWindowIsTheSumOfItsSlices(@ForAll("counters") List<Sample> samples, @ForAll @IntRange(min = 0) int cut) {
        List<Sample> ordered = samples.stream()
                .sorted((a, b) -> Long.compare(a.time(), b.time()))
                .toList();
        int at = cut % ordered.size();
        Fold whole = new Fold(Settled.NOTHING, MEMORY);
        ordered.forEach(whole::add);
        Fold sliced = new Fold(Settled.NOTHING, MEMORY);
        ordered.subList(0, at).forEach(sliced::add);
        Rollup first = sliced.take().orElse(null);
        Fold resumed = new Fold(sliced.settled(), MEMORY);
        ordered.subList(at, ordered.size()).forEach(resumed::add);
        Rollup second = resumed.take().orElseThrow();
        assertThat(first == null ? second : first.merge(second))
                .isEqualTo(whole.take().orElseThrow());
    }

    @Property(tries = 300)
    void aCounterGrowsByItsIncreasesAndFallsOnlyByResets(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 0, max = 100) Integer> steps) {
        Fold fold = new Fold(Settled.NOTHING, MEMORY);
        long value = 0;
        long grown = 0;
        long resets = 0;
        long time = 1000;
        for (int step : steps) {
            boolean reset = step % 7 == 0 && value > step;
            value = reset ? step : value + step;
            resets += reset ? 1 : 0;
            grown += step;
            time += 1_000_000;
            fold.add(new Sample(Shape.COUNTER, time, 1000, new Scalar(value)));
        }
        assertThat(fold.take().orElseThrow().content()).isEqualTo(new Counter(grown, resets, value));
    }

    @Provide
    Arbitrary<Histogram> histograms() {
        return Combinators.combine(
                        Arbitraries.of(1.0, 2.0, 5.0, 10.0, 20.0).set().ofMaxSize(5),
                        Arbitraries.longs().between(0, 50).list().ofSize(6),
                        Arbitraries.of(true, false))
                .as((bounds, counts, extremes) -> {
                    double[] sorted = new TreeSet<>(bounds)
                            .stream().mapToDouble(Double::doubleValue).toArray();
                    long[] buckets = counts.subList(0, sorted.length + 1).stream()
                            .mapToLong(Long::longValue)
                            .toArray();
                    return new Histogram(totals(buckets, 0, extremes), sorted, buckets);
                });
    }

    @Provide
    Arbitrary<ExponentialHistogram> exponentials() {
        return exponentials(Arbitraries.just(0.25), Arbitraries.integers().between(-500, 500));
    }

    @Provide
    Arbitrary<ExponentialHistogram> thresholds() {
        return exponentials(
                Arbitraries.of(0.0, 0.1, 1.0, 3.3), Arbitraries.integers().between(-60, 60));
    }

    private static Arbitrary<ExponentialHistogram> exponentials(
            Arbitrary<Double> thresholds, Arbitrary<Integer> offsets) {
        Arbitrary<ExponentialCounts> side = Combinators.combine(
                        offsets, Arbitraries.longs().between(0, 20).list().ofMaxSize(40))
                .as((offset, counts) -> ExponentialCounts.of(
                        offset, counts.stream().mapToLong(Long::longValue).toArray()));
        return Combinators.combine(
                        Arbitraries.integers().between(-2, 6),
                        thresholds,
                        Arbitraries.longs().between(0, 20),
                        side,
                        side,
                        Arbitraries.of(true, false))
                .as((scale, threshold, zeros, positive, negative, extremes) -> {
                    long all = counted(positive) + counted(negative);
                    return new ExponentialHistogram(
                            totals(new long[] {all}, zeros, extremes), scale, threshold, zeros, positive, negative);
                });
    }

    @Provide
    Arbitrary<List<Sample>> counters() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(1, 600)
                                .list()
                                .uniqueElements()
                                .ofMinSize(1)
                                .ofMaxSize(20),
                        Arbitraries.integers().between(0, 20).list().ofSize(20),
                        Arbitraries.of(0L, 1L, 30_000_000_000L).list().ofSize(20))
                .as((times, values, starts) -> {
                    List<Sample> samples = new ArrayList<>();
                    for (int i = 0; i < times.size(); i++) {
                        samples.add(new Sample(
                                Shape.COUNTER,
                                times.get(i) * 1_000_000_000L,
                                starts.get(i),
                                new Scalar(values.get(i))));
                    }
                    return samples;
                });
    }

    private static Totals totals(long[] counts, long zeros, boolean extremes) {
        long count = zeros;
        for (long one : counts) {
            count += one;
        }
        double edge = extremes ? count : Double.NaN;
        return new Totals(count, 2.0 * count, -edge, edge);
    }

    private static long counted(ExponentialHistogram histogram) {
        return histogram.zeroCount() + counted(histogram.positive()) + counted(histogram.negative());
    }

    private static long counted(ExponentialCounts counts) {
        return LongStream.of(counts.counts()).sum();
    }
}
