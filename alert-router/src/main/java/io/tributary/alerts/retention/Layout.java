package io.tributary.alerts.retention;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.storage.Samples;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the samples of a chunk are made of: one number each or, of native histograms with the same buckets, a number for
 * the zero bucket, the count, the sum and each bucket.
 */
final class Layout {
    /** Stands in the place of a schema where samples are numbers. */
    private static final int NUMBERS = Byte.MIN_VALUE;

    private static final int HISTOGRAM_NUMBERS = 3;
    private static final int SUM = 2;

    static final Layout OF_NUMBERS = new Layout(NUMBERS, 0, new double[0], new int[0], new int[0]);

    private final int schema;
    /** Of the zero bucket. */
    private final double threshold;
    /** Custom upper bounds; none for an exponential schema. */
    private final double[] bounds;
    /** Indexes of buckets. */
    private final int[] positive;

    private final int[] negative;

    private Layout(int schema, double threshold, double[] bounds, int[] positive, int[] negative) {
        this.schema = schema;
        this.threshold = threshold;
        this.bounds = bounds;
        this.positive = positive;
        this.negative = negative;
    }

    static Layout of(NativeHistogram histogram) {
        return new Layout(
                histogram.schema(),
                histogram.zeroThreshold(),
                histogram.customBounds().stream().mapToDouble(bound -> bound).toArray(),
                indexes(histogram.positive()),
                indexes(histogram.negative()));
    }

    private static int[] indexes(Buckets buckets) {
        int[] indexes = new int[buckets.size()];
        Arrays.setAll(indexes, buckets::index);
        return indexes;
    }

    boolean isOfNumbers() {
        return schema == NUMBERS;
    }

    /** Numbers in a sample. */
    int columns() {
        return isOfNumbers() ? 1 : HISTOGRAM_NUMBERS + positive.length + negative.length;
    }

    /** The numbers of a histogram, which must have this layout. */
    double[] numbers(NativeHistogram histogram) {
        double[] numbers = new double[columns()];
        numbers[0] = histogram.zeroCount();
        numbers[1] = histogram.count();
        numbers[SUM] = histogram.sum();
        for (int i = 0; i < positive.length; i++) {
            numbers[HISTOGRAM_NUMBERS + i] = histogram.positive().count(i);
        }
        for (int i = 0; i < negative.length; i++) {
            numbers[HISTOGRAM_NUMBERS + positive.length + i] =
                    histogram.negative().count(i);
        }
        return numbers;
    }

    /** The numbers of a sample that only says that the series has ended. */
    double[] stale() {
        double[] numbers = new double[columns()];
        numbers[isOfNumbers() ? 0 : SUM] = Samples.STALE;
        return numbers;
    }

    /** Appends the sample that these numbers make. */
    void append(long time, double[] numbers, Samples into) {
        double main = numbers[isOfNumbers() ? 0 : SUM];
        if (isOfNumbers() || Samples.isStale(main)) {
            into.add(time, main);
            return;
        }
        int last = HISTOGRAM_NUMBERS + positive.length;
        Buckets above = Buckets.of(positive, Arrays.copyOfRange(numbers, HISTOGRAM_NUMBERS, last));
        if (schema == NativeHistogram.CUSTOM_SCHEMA) {
            into.add(time, NativeHistogram.custom(bounds, numbers[1], main, above));
            return;
        }
        Buckets below = Buckets.of(negative, Arrays.copyOfRange(numbers, last, numbers.length));
        into.add(time, NativeHistogram.exponential(schema, threshold, numbers[0], numbers[1], main, above, below));
    }

    int bytes() {
        return isOfNumbers()
                ? 1
                : 1
                        + Double.BYTES
                        + 3 * Short.BYTES
                        + Double.BYTES * bounds.length
                        + Integer.BYTES * (positive.length + negative.length);
    }

    void write(ByteBuffer out) {
        out.put((byte) schema);
        if (isOfNumbers()) {
            return;
        }
        out.putDouble(threshold);
        out.putShort((short) bounds.length).putShort((short) positive.length).putShort((short) negative.length);
        for (double bound : bounds) {
            out.putDouble(bound);
        }
        for (int index : positive) {
            out.putInt(index);
        }
        for (int index : negative) {
            out.putInt(index);
        }
    }

    static Layout read(ByteBuffer in) {
        byte schema = in.get();
        if (schema == NUMBERS) {
            return OF_NUMBERS;
        }
        double threshold = in.getDouble();
        double[] bounds = new double[in.getShort()];
        int[] positive = new int[in.getShort()];
        int[] negative = new int[in.getShort()];
        Arrays.setAll(bounds, i -> in.getDouble());
        Arrays.setAll(positive, i -> in.getInt());
        Arrays.setAll(negative, i -> in.getInt());
        return new Layout(schema, threshold, bounds, positive, negative);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Layout layout
                && schema == layout.schema
                && Double.compare(threshold, layout.threshold) == 0
                && Arrays.equals(bounds, layout.bounds)
                && Arrays.equals(positive, layout.positive)
                && Arrays.equals(negative, layout.negative);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * schema + Arrays.hashCode(positive)) + Arrays.hashCode(negative);
    }
}
