package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.ExponentialHistogramValue;
import java.util.Optional;

/**
 * A histogram whose buckets grow by the factor base = 2^(2^-scale). Source: OpenTelemetry, metrics/data-model.md,
 * "ExponentialHistogram".
 *
 * <p>Never more than {@link #MAX_BUCKETS} buckets on either side: the scale is lowered until they suffice.
 *
 * @param totals count, sum and extremes
 * @param scale the resolution, -10 to 20: larger is finer
 * @param zeroThreshold how far from zero values count as zero, in the metric's unit
 * @param zeroCount how many values are that close to zero
 * @param positive buckets of positive values
 * @param negative buckets of the absolute values of negative values
 */
public record ExponentialHistogram(
        Totals totals,
        int scale,
        double zeroThreshold,
        long zeroCount,
        ExponentialCounts positive,
        ExponentialCounts negative)
        implements Distribution<ExponentialHistogram> {
    /** Most buckets on either side: twice what OpenTelemetry's SDKs use, so that windows of them keep their scale. */
    public static final int MAX_BUCKETS = 320;

    /** This histogram at a scale low enough for its buckets to be no more than {@link #MAX_BUCKETS}. */
    public ExponentialHistogram fitted() {
        return downscaled(excess(positive, positive, negative, negative));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Both are brought to the coarser scale, and to a coarser one yet if the buckets were too many. Then both are
     * brought to the wider zero bucket, which is widened further where it would cut a bucket that holds values.
     */
    @Override
    public ExponentialHistogram plus(ExponentialHistogram later) {
        if (totals.count() == 0) {
            return later;
        }
        if (later.totals.count() == 0) {
            return this;
        }
        Pair pair = aligned(this, later);
        return new ExponentialHistogram(
                totals.plus(later.totals),
                pair.a.scale,
                pair.a.zeroThreshold,
                pair.a.zeroCount + pair.b.zeroCount,
                pair.a.positive.plus(pair.b.positive),
                pair.a.negative.plus(pair.b.negative));
    }

    /**
     * {@inheritDoc}
     *
     * <p>A source lowers its scale and widens its zero bucket as its values spread; that is no new beginning.
     */
    @Override
    public Optional<ExponentialHistogram> since(ExponentialHistogram earlier) {
        if (totals.count() < earlier.totals.count()) {
            return Optional.empty();
        }
        Pair pair = aligned(this, earlier);
        long zeros = pair.a.zeroCount - pair.b.zeroCount;
        ExponentialCounts positives = pair.a.positive.minus(pair.b.positive);
        ExponentialCounts negatives = pair.a.negative.minus(pair.b.negative);
        if (zeros < 0 || positives.hasNegative() || negatives.hasNegative()) {
            return Optional.empty();
        }
        return Optional.of(new ExponentialHistogram(
                totals.since(earlier.totals), pair.a.scale, pair.a.zeroThreshold, zeros, positives, negatives));
    }

    @Override
    public ExponentialHistogram none() {
        return new ExponentialHistogram(
                totals.none(), scale, zeroThreshold, 0, ExponentialCounts.EMPTY, ExponentialCounts.EMPTY);
    }

    @Override
    public Content merge(Content later) {
        return later instanceof ExponentialHistogram other ? plus(other) : later;
    }

    @Override
    public ExponentialHistogramValue toAvro() {
        return new ExponentialHistogramValue(
                totals.count(),
                Totals.orNull(totals.sum()),
                Totals.orNull(totals.min()),
                Totals.orNull(totals.max()),
                scale,
                zeroCount,
                zeroThreshold,
                positive.toAvro(),
                negative.toAvro());
    }

    private record Pair(ExponentialHistogram a, ExponentialHistogram b) {}

    private static Pair aligned(ExponentialHistogram first, ExponentialHistogram second) {
        int scale = Math.min(first.scale, second.scale);
        ExponentialHistogram a = first.downscaled(first.scale - scale);
        ExponentialHistogram b = second.downscaled(second.scale - scale);
        int excess = excess(a.positive, b.positive, a.negative, b.negative);
        a = a.downscaled(excess);
        b = b.downscaled(excess);
        if (a.zeroThreshold == b.zeroThreshold) {
            return new Pair(a, b);
        }
        double threshold = Math.max(a.zeroThreshold, b.zeroThreshold);
        double widened = threshold;
        do {
            threshold = widened;
            widened = Math.max(a.uncut(threshold), b.uncut(threshold));
        } while (widened > threshold);
        return new Pair(a.zeroed(threshold), b.zeroed(threshold));
    }

    private ExponentialHistogram downscaled(int by) {
        return by == 0
                ? this
                : new ExponentialHistogram(
                        totals, scale - by, zeroThreshold, zeroCount, positive.downscaled(by), negative.downscaled(by));
    }

    /** The threshold, or the smallest larger one that cuts no bucket with values in two. */
    private double uncut(double threshold) {
        return Math.max(uncut(positive, threshold), uncut(negative, threshold));
    }

    private double uncut(ExponentialCounts side, double threshold) {
        for (int i = side.offset(); i < side.end() && bound(i) < threshold; i++) {
            if (side.at(i) > 0 && bound(i + 1) > threshold) {
                return bound(i + 1);
            }
        }
        return threshold;
    }

    /** With a zero bucket up to this threshold, which cuts no bucket with values. */
    private ExponentialHistogram zeroed(double threshold) {
        int up = firstFrom(positive, threshold);
        int down = firstFrom(negative, threshold);
        long zeros = zeroCount + positive.before(up) + negative.before(down);
        return new ExponentialHistogram(totals, scale, threshold, zeros, positive.from(up), negative.from(down));
    }

    private int firstFrom(ExponentialCounts side, double threshold) {
        int index = side.offset();
        while (index < side.end() && bound(index) < threshold) {
            index++;
        }
        return index;
    }

    /** The lower bound of the bucket with this index: base^index. */
    private double bound(int index) {
        return Math.pow(2, Math.scalb((double) index, -scale));
    }

    /** By how much the scale must be lowered for the buckets of both sides, together, to be few enough. */
    private static int excess(
            ExponentialCounts positiveA,
            ExponentialCounts positiveB,
            ExponentialCounts negativeA,
            ExponentialCounts negativeB) {
        return Math.max(excess(positiveA, positiveB), excess(negativeA, negativeB));
    }

    private static int excess(ExponentialCounts a, ExponentialCounts b) {
        if (a.isEmpty() && b.isEmpty()) {
            return 0;
        }
        long first = a.isEmpty() ? b.offset() : b.isEmpty() ? a.offset() : Math.min(a.offset(), b.offset());
        long last = (a.isEmpty() ? b.end() : b.isEmpty() ? a.end() : Math.max(a.end(), b.end())) - 1L;
        int by = 0;
        while ((last >> by) - (first >> by) >= MAX_BUCKETS) {
            by++;
        }
        return by;
    }
}
