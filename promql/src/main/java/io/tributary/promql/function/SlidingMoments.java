package io.tributary.promql.function;

import io.tributary.promql.storage.Samples;
import java.util.Arrays;

/** The {@link Moments} of a range's numbers: x is the time in milliseconds since the epoch, and y the value. */
final class SlidingMoments extends SlidingParts {

    private final Moments newer = new Moments();
    private final Moments all = new Moments();
    /** Of the older part: the moments of each sample and those after it. */
    private double[] older = {};

    /** The moments of the range, valid until the next call. */
    Moments of(Window window) {
        int at = advance(window);
        if (at < 0) {
            return newer;
        }
        all.load(older, at * Moments.NUMBERS);
        all.add(newer);
        return all;
    }

    @Override
    void clear() {
        newer.clear();
    }

    @Override
    void add(Samples samples, int i) {
        add(newer, samples, i);
    }

    @Override
    void keep(Samples samples, int first, int end) {
        int size = (end - first) * Moments.NUMBERS;
        if (older.length < size) {
            older = Arrays.copyOf(older, 2 * size);
        }
        var sum = new Moments();
        for (int i = end - 1; i >= first; i--) {
            add(sum, samples, i);
            sum.save(older, (i - first) * Moments.NUMBERS);
        }
    }

    private static void add(Moments to, Samples samples, int i) {
        if (samples.histogram(i) == null) {
            to.add((double) samples.time(i), samples.value(i));
        }
    }
}
