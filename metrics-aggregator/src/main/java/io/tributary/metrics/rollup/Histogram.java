package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.HistogramValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * A histogram with explicit bounds. Source: OpenTelemetry, metrics/data-model.md, "Histogram".
 *
 * @param totals count, sum and extremes
 * @param bounds upper bounds (inclusive) of all buckets but the last; strictly increasing
 * @param counts values per bucket: one more than the bounds, or none when there are no buckets
 */
@SuppressWarnings("ArrayRecordComponent") // hot path; never compared, never changed
public record Histogram(Totals totals, double[] bounds, long[] counts) implements Distribution<Histogram> {
    /**
     * {@inheritDoc}
     *
     * <p>Where the bounds differ, the bounds that both have remain. A count up to a shared bound is exact in both, so
     * nothing is guessed; only resolution is lost. If one has no buckets, the two together have none.
     */
    @Override
    public Histogram plus(Histogram later) {
        if (totals.count() == 0) {
            return later;
        }
        if (later.totals.count() == 0) {
            return this;
        }
        Totals both = totals.plus(later.totals);
        if (counts.length == 0 || later.counts.length == 0) {
            return new Histogram(both, new double[0], new long[0]);
        }
        double[] common = Arrays.equals(bounds, later.bounds) ? bounds : shared(bounds, later.bounds);
        long[] sums = regrouped(common);
        long[] others = later.regrouped(common);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
        return new Histogram(both, common, sums);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A source does not change its bounds without beginning again, so other bounds are a new beginning too.
     */
    @Override
    public Optional<Histogram> since(Histogram earlier) {
        if (totals.count() < earlier.totals.count()
                || counts.length != earlier.counts.length
                || !Arrays.equals(bounds, earlier.bounds)) {
            return Optional.empty();
        }
        long[] grown = new long[counts.length];
        for (int i = 0; i < grown.length; i++) {
            grown[i] = counts[i] - earlier.counts[i];
            if (grown[i] < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new Histogram(totals.since(earlier.totals), bounds, grown));
    }

    @Override
    public Histogram none() {
        return new Histogram(totals.none(), bounds, new long[counts.length]);
    }

    @Override
    public Content merge(Content later) {
        return later instanceof Histogram other ? plus(other) : later;
    }

    @Override
    public HistogramValue toAvro() {
        return new HistogramValue(
                totals.count(),
                Totals.orNull(totals.sum()),
                Totals.orNull(totals.min()),
                Totals.orNull(totals.max()),
                DoubleStream.of(bounds).boxed().toList(),
                LongStream.of(counts).boxed().toList());
    }

    /** The counts by some of the own bounds; a fresh array. */
    private long[] regrouped(double[] coarser) {
        long[] regrouped = new long[coarser.length + 1];
        int group = 0;
        for (int i = 0; i < counts.length; i++) {
            regrouped[group] += counts[i];
            if (i < bounds.length && group < coarser.length && bounds[i] == coarser[group]) {
                group++;
            }
        }
        return regrouped;
    }

    private static double[] shared(double[] a, double[] b) {
        return DoubleStream.of(a)
                .filter(bound -> Arrays.binarySearch(b, bound) >= 0)
                .toArray();
    }
}
