package io.tributary.metrics.point;

import io.tributary.metrics.rollup.ExponentialCounts;
import io.tributary.metrics.rollup.ExponentialHistogram;
import io.tributary.metrics.rollup.Histogram;
import io.tributary.metrics.rollup.Measure;
import io.tributary.metrics.rollup.Sample;
import io.tributary.metrics.rollup.Scalar;
import io.tributary.metrics.rollup.Shape;
import io.tributary.metrics.rollup.Summary;
import io.tributary.metrics.rollup.Totals;
import io.tributary.schemas.avro.ExponentialBuckets;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.util.List;
import java.util.Optional;

/** Makes samples of points that have a value. */
public final class PointReader {
    private static final int MIN_SCALE = -10;
    private static final int MAX_SCALE = 20;

    private PointReader() {}

    /**
     * The sample in the point; empty if its number, or the sum of its summary, is not finite, so that it adds up with
     * nothing.
     *
     * @throws RejectedException with {@link Reason#INVALID_RECORD} if the value contradicts its kind or itself
     */
    public static Optional<Sample> read(MetricPoint point) {
        Shape shape = shape(point);
        return measure(shape, point.getValue())
                .map(measure -> new Sample(shape, point.getTimeUnixNano(), point.getStartTimeUnixNano(), measure));
    }

    private static Shape shape(MetricPoint point) {
        boolean delta = point.getTemporality() == Temporality.DELTA;
        return switch (point.getKind()) {
            case GAUGE -> Shape.GAUGE;
            case UNKNOWN -> Shape.UNKNOWN;
            case SUM ->
                point.getMonotonic()
                        ? (delta ? Shape.COUNTER_DELTA : Shape.COUNTER)
                        : (delta ? Shape.UP_DOWN_DELTA : Shape.UP_DOWN);
            case HISTOGRAM -> delta ? Shape.HISTOGRAM_DELTA : Shape.HISTOGRAM;
            case EXPONENTIAL_HISTOGRAM -> delta ? Shape.EXPONENTIAL_DELTA : Shape.EXPONENTIAL;
            case SUMMARY -> Shape.SUMMARY;
        };
    }

    private static Optional<Measure> measure(Shape shape, Object value) {
        return switch (shape.family()) {
            case SCALAR -> scalar(shape, value);
            case HISTOGRAM -> Optional.of(histogram(typed(HistogramValue.class, value)));
            case EXPONENTIAL -> Optional.of(exponential(typed(ExponentialHistogramValue.class, value)));
            case SUMMARY -> summary(typed(SummaryValue.class, value));
        };
    }

    private static Optional<Measure> scalar(Shape shape, Object value) {
        double number = typed(Double.class, value);
        if (!Double.isFinite(number)) {
            return Optional.empty();
        }
        boolean growing = shape == Shape.COUNTER || shape == Shape.COUNTER_DELTA;
        demand(!growing || number >= 0, "value", number, "at least 0 in a monotonic sum");
        // Adding 0 makes 0 of -0, so that equal values have equal bytes.
        return Optional.of(new Scalar(number + 0.0));
    }

    private static Histogram histogram(HistogramValue value) {
        double[] bounds = doubles(value.getExplicitBounds());
        long[] counts = longs("bucket_counts", value.getBucketCounts());
        demand(value.getCount() >= 0, "count", value.getCount(), "at least 0");
        boolean without = counts.length == 0 && bounds.length == 0;
        demand(
                without || counts.length == bounds.length + 1,
                "bucket_counts",
                counts.length + " buckets for " + bounds.length + " bounds",
                "one more than the bounds");
        for (int i = 0; i < bounds.length; i++) {
            demand(
                    !Double.isNaN(bounds[i]) && (i == 0 || bounds[i] > bounds[i - 1]),
                    "explicit_bounds",
                    bounds[i],
                    "strictly increasing");
        }
        Totals totals = Totals.of(value.getCount(), value.getSum(), value.getMin(), value.getMax());
        return new Histogram(totals, bounds, counts);
    }

    private static ExponentialHistogram exponential(ExponentialHistogramValue value) {
        int scale = value.getScale();
        demand(scale >= MIN_SCALE && scale <= MAX_SCALE, "scale", scale, MIN_SCALE + " to " + MAX_SCALE);
        demand(value.getCount() >= 0, "count", value.getCount(), "at least 0");
        demand(value.getZeroCount() >= 0, "zero_count", value.getZeroCount(), "at least 0");
        demand(value.getZeroThreshold() >= 0, "zero_threshold", value.getZeroThreshold(), "at least 0");
        return new ExponentialHistogram(
                        Totals.of(value.getCount(), value.getSum(), value.getMin(), value.getMax()),
                        scale,
                        value.getZeroThreshold(),
                        value.getZeroCount(),
                        buckets("positive", value.getPositive()),
                        buckets("negative", value.getNegative()))
                .fitted();
    }

    private static ExponentialCounts buckets(String side, ExponentialBuckets buckets) {
        long[] counts = longs(side + ".bucket_counts", buckets.getBucketCounts());
        demand(
                (long) buckets.getOffset() + counts.length <= Integer.MAX_VALUE,
                side + ".offset",
                buckets.getOffset(),
                "an index for every bucket");
        return ExponentialCounts.of(buckets.getOffset(), counts);
    }

    private static Optional<Measure> summary(SummaryValue value) {
        demand(value.getCount() >= 0, "count", value.getCount(), "at least 0");
        if (!Double.isFinite(value.getSum())) {
            return Optional.empty();
        }
        List<QuantileValue> list = value.getQuantiles();
        double[] quantiles = new double[list.size()];
        double[] values = new double[list.size()];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = list.get(i).getQuantile();
            values[i] = list.get(i).getValue();
            demand(quantiles[i] >= 0 && quantiles[i] <= 1, "quantile", quantiles[i], "0 to 1");
        }
        return Optional.of(new Summary(Totals.of(value.getCount(), value.getSum(), null, null), quantiles, values));
    }

    private static <T> T typed(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new RejectedException(
                    Reason.INVALID_RECORD,
                    "value: " + value.getClass().getSimpleName() + " (expected: " + type.getSimpleName()
                            + " for this kind)");
        }
        return type.cast(value);
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static long[] longs(String name, List<Long> list) {
        long[] longs = new long[list.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = list.get(i);
            demand(longs[i] >= 0, name, longs[i], "at least 0");
        }
        return longs;
    }

    private static void demand(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new RejectedException(Reason.INVALID_RECORD, name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
