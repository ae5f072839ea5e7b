package io.tributary.promql.function;

import io.tributary.promql.histogram.Compensated;
import java.util.Arrays;

/**
 * What a counter had reached when it began anew, summed over the resets in a range that only moves forward. Each reset
 * is added and taken away once; what rounding loses is kept apart, and nothing is left once the range has no reset.
 */
final class ResetCorrection {

    private int[] positions = {};
    private double[] reached = {};
    private int first;
    private int end;
    private int infinite;
    private Compensated sum = new Compensated();

    /** Adds a reset at a sample, after all others. */
    void add(int position, double value) {
        if (end == positions.length) {
            makeRoom();
        }
        positions[end] = position;
        reached[end++] = value;
        include(value, 1);
    }

    /** The sum of the resets from that sample on; earlier ones are forgotten. */
    double from(int position) {
        while (first < end && positions[first] < position) {
            include(reached[first++], -1);
        }
        if (first == end) {
            sum = new Compensated();
            return 0;
        }
        return infinite > 0 ? recomputed() : sum.value();
    }

    private void include(double value, int sign) {
        if (Double.isFinite(value)) {
            sum.add(sign * value);
        } else {
            infinite += sign;
        }
    }

    private double recomputed() {
        double total = 0;
        for (int i = first; i < end; i++) {
            total += reached[i];
        }
        return total;
    }

    private void makeRoom() {
        int size = end - first;
        int capacity = Math.max(8, 2 * size);
        positions = Arrays.copyOf(Arrays.copyOfRange(positions, first, end), capacity);
        reached = Arrays.copyOf(Arrays.copyOfRange(reached, first, end), capacity);
        first = 0;
        end = size;
    }
}
