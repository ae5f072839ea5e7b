package io.tributary.promql.function;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Steps;

/**
 * The samples of one series in the range that ends at one step. Of an {@code anchored} range, those of the look-back
 * before it too; of a {@code smoothed} one, those of the look-back before and after it.
 */
public final class Window extends Scope {

    private final Selector.Extension extension;
    private final Samples samples;
    private int from;
    private int to;
    private long rangeStart;
    private long rangeEnd;

    public Window(
            Call call,
            Features features,
            Annotations annotations,
            Steps steps,
            double[][] scalars,
            Selector.Extension extension,
            Samples samples) {
        super(call, features, annotations, steps, scalars);
        this.extension = extension;
        this.samples = samples;
    }

    /** Moves to the range of a step. */
    public void move(int step, int from, int to, long rangeStart, long rangeEnd) {
        step(step);
        this.from = from;
        this.to = to;
        this.rangeStart = rangeStart;
        this.rangeEnd = rangeEnd;
    }

    /** Samples of the series, without staleness markers; in the window are {@link #from} up to before {@link #to}. */
    public Samples samples() {
        return samples;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    public int size() {
        return to - from;
    }

    /** How many of the samples are numbers. */
    public int numbers() {
        return numbers(from, to);
    }

    /** How many of the samples from one up to before another are numbers. */
    public int numbers(int first, int end) {
        if (!samples.hasHistograms()) {
            return end - first;
        }
        int numbers = 0;
        for (int i = first; i < end; i++) {
            numbers += samples.histogram(i) == null ? 1 : 0;
        }
        return numbers;
    }

    /** Where the range begins, exclusive, in milliseconds since the epoch. */
    public long rangeStart() {
        return rangeStart;
    }

    /** Where the range ends, inclusive; the time of evaluation moved by {@code offset} and {@code @}. */
    public long rangeEnd() {
        return rangeEnd;
    }

    /** How samples outside the range take part. */
    public Selector.Extension extension() {
        return extension;
    }
}
