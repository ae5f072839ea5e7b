package io.tributary.alerts.retention;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.storage.Samples;

/** A chunk to which samples are added in order of time. */
final class ChunkWriter {
    /** It is written anew to its log with each sample, so it must stay small. */
    private static final int MOST_SAMPLES = 64;

    private static final int MOST_BYTES = 2048;

    /** This object with its times and its bits, but for what these have written. */
    private static final long WRITER_BYTES = 144;
    /** A column with its place among them. */
    private static final long COLUMN_BYTES = 28;

    private final Layout layout;
    private final long first;
    private final TimeColumn times;
    private final ValueColumn[] columns;
    private final BitBuffer bits = new BitBuffer();
    private long last;
    private int count;

    ChunkWriter(Layout layout, long first) {
        this.layout = layout;
        this.first = first;
        this.times = new TimeColumn(first);
        this.columns = Chunk.columns(layout);
    }

    /** One that goes on where the chunk ends. */
    static ChunkWriter resume(Chunk chunk) {
        Samples samples = new Samples();
        chunk.read(chunk.first(), chunk.last(), samples);
        NativeHistogram shape = null;
        for (int i = 0; i < samples.size() && shape == null; i++) {
            shape = samples.histogram(i);
        }
        ChunkWriter writer = new ChunkWriter(shape == null ? Layout.OF_NUMBERS : Layout.of(shape), samples.time(0));
        for (int i = 0; i < samples.size(); i++) {
            writer.add(samples.time(i), samples.value(i), samples.histogram(i));
        }
        return writer;
    }

    /** Whether the sample can still be added. */
    boolean takes(double value, NativeHistogram histogram) {
        boolean fits = histogram == null
                ? layout.isOfNumbers() || Samples.isStale(value)
                : !layout.isOfNumbers() && layout.equals(Layout.of(histogram));
        return fits && count < MOST_SAMPLES && bits.size() < MOST_BYTES;
    }

    /** Adds a sample that comes after all others; the histogram is null if it is a number. */
    void add(long time, double value, NativeHistogram histogram) {
        if (count > 0) {
            times.write(time, bits);
        }
        double[] numbers = histogram != null
                ? layout.numbers(histogram)
                : layout.isOfNumbers() ? new double[] {value} : layout.stale();
        for (int column = 0; column < columns.length; column++) {
            columns[column].write(numbers[column], bits);
        }
        last = time;
        count++;
    }

    long first() {
        return first;
    }

    /** The time of the last sample. */
    long last() {
        return last;
    }

    /** Bytes that it takes, about. */
    long bytes() {
        return WRITER_BYTES + COLUMN_BYTES * columns.length + bits.capacity();
    }

    Chunk chunk() {
        return Chunk.of(first, last, count, layout, bits);
    }
}
