package io.tributary.metrics.state;

import io.tributary.metrics.rollup.Content;
import io.tributary.metrics.rollup.Counter;
import io.tributary.metrics.rollup.Distribution;
import io.tributary.metrics.rollup.ExponentialCounts;
import io.tributary.metrics.rollup.ExponentialHistogram;
import io.tributary.metrics.rollup.Gauge;
import io.tributary.metrics.rollup.Histogram;
import io.tributary.metrics.rollup.Measure;
import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Scalar;
import io.tributary.metrics.rollup.Settled;
import io.tributary.metrics.rollup.Shape;
import io.tributary.metrics.rollup.Shape.Family;
import io.tributary.metrics.rollup.Summary;
import io.tributary.metrics.rollup.Totals;

/**
 * Samples, settled states and rollups as bytes. A scalar sample takes 10 to 19 bytes. Times within a sample are
 * relative to its own, which is in the key.
 */
final class Codec {
    private static final byte GAUGE = 0;
    private static final byte COUNTER = 1;
    private static final byte DISTRIBUTION = 2;

    private Codec() {}

    static byte[] sample(Sample sample) {
        StateWriter out = new StateWriter().putByte(sample.shape().code());
        putStart(out, sample.start(), sample.time());
        put(out, sample.measure());
        return out.toBytes();
    }

    static Sample sample(long time, byte[] bytes) {
        return sample(time, new StateReader(bytes));
    }

    static Sample sample(long time, StateReader in) {
        Shape shape = Shape.of(in.takeByte());
        long start = takeStart(in, time);
        return new Sample(shape, time, start, measure(in, shape.family()));
    }

    static void put(StateWriter out, Settled settled) {
        out.putByte(settled.shape().code()).putFixed(settled.time());
        putStart(out, settled.start(), settled.time());
        out.putDouble(settled.total()).putByte(settled.measure() == null ? 0 : 1);
        if (settled.measure() != null) {
            put(out, settled.measure());
        }
    }

    static Settled settled(StateReader in) {
        Shape shape = Shape.of(in.takeByte());
        long time = in.takeFixed();
        long start = takeStart(in, time);
        double total = in.takeDouble();
        return new Settled(shape, time, start, total, in.takeByte() == 0 ? null : measure(in, shape.family()));
    }

    static byte[] rollup(Rollup rollup) {
        StateWriter out = new StateWriter()
                .putByte(rollup.shape().code())
                .putLong(rollup.count())
                .putFixed(rollup.lastTime());
        switch (rollup.content()) {
            case Gauge gauge ->
                out.putByte(GAUGE)
                        .putDouble(gauge.min())
                        .putDouble(gauge.max())
                        .putDouble(gauge.sum())
                        .putDouble(gauge.last());
            case Counter counter ->
                out.putByte(COUNTER)
                        .putDouble(counter.increase())
                        .putLong(counter.resets())
                        .putDouble(counter.last());
            case Distribution<?> distribution -> put(out.putByte(DISTRIBUTION), distribution);
        }
        return out.toBytes();
    }

    static Rollup rollup(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        Shape shape = Shape.of(in.takeByte());
        return new Rollup(shape, in.takeLong(), in.takeFixed(), content(in, shape.family()));
    }

    private static Content content(StateReader in, Family family) {
        int type = in.takeByte();
        return switch (type) {
            case GAUGE -> new Gauge(in.takeDouble(), in.takeDouble(), in.takeDouble(), in.takeDouble());
            case COUNTER -> new Counter(in.takeDouble(), in.takeLong(), in.takeDouble());
            case DISTRIBUTION -> (Content) measure(in, family);
            default -> throw new IllegalStateException("content: type " + type + " (expected: 0 to 2)");
        };
    }

    private static void putStart(StateWriter out, long start, long time) {
        // One is added to what is near the time, so that 0 stays "not told".
        out.putLong(start == 0 ? 0 : start >= time ? time - start - 1 : time - start);
    }

    private static long takeStart(StateReader in, long time) {
        long ago = in.takeLong();
        return ago == 0 ? 0 : ago < 0 ? time - ago - 1 : time - ago;
    }

    private static void put(StateWriter out, Measure measure) {
        switch (measure) {
            case Scalar scalar -> out.putDouble(scalar.value());
            case Histogram histogram -> {
                put(out, histogram.totals());
                out.putDoubles(histogram.bounds()).putLongs(histogram.counts());
            }
            case ExponentialHistogram histogram -> {
                put(out, histogram.totals());
                out.putLong(histogram.scale())
                        .putDouble(histogram.zeroThreshold())
                        .putLong(histogram.zeroCount());
                put(out, histogram.positive());
                put(out, histogram.negative());
            }
            case Summary summary -> {
                put(out, summary.totals());
                out.putDoubles(summary.quantiles()).putDoubles(summary.values());
            }
        }
    }

    private static Measure measure(StateReader in, Family family) {
        return switch (family) {
            case SCALAR -> new Scalar(in.takeDouble());
            case HISTOGRAM -> new Histogram(totals(in), in.takeDoubles(), in.takeLongs());
            case EXPONENTIAL ->
                new ExponentialHistogram(
                        totals(in), in.takeInt(), in.takeDouble(), in.takeLong(), counts(in), counts(in));
            case SUMMARY -> new Summary(totals(in), in.takeDoubles(), in.takeDoubles());
        };
    }

    private static void put(StateWriter out, Totals totals) {
        out.putLong(totals.count())
                .putDouble(totals.sum())
                .putDouble(totals.min())
                .putDouble(totals.max());
    }

    private static Totals totals(StateReader in) {
        return new Totals(in.takeLong(), in.takeDouble(), in.takeDouble(), in.takeDouble());
    }

    private static void put(StateWriter out, ExponentialCounts counts) {
        out.putLong(counts.offset()).putLongs(counts.counts());
    }

    private static ExponentialCounts counts(StateReader in) {
        return new ExponentialCounts(in.takeInt(), in.takeLongs());
    }
}
