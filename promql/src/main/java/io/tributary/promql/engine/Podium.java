package io.tributary.promql.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The elements of a group that are ahead at one step: a heap with the last place at its top. */
final class Podium {

    /** What is done with one place. */
    @FunctionalInterface
    interface Place {
        void accept(double value, int series);
    }

    private final boolean greatest;
    private double[] values = new double[4];
    private int[] series = new int[4];
    private int size;

    Podium(boolean greatest) {
        this.greatest = greatest;
    }

    int size() {
        return size;
    }

    /** Gives an element its place, if it is ahead of one of so many; who came first stays ahead of an equal. */
    boolean enter(double value, int number, int places) {
        if (size < places) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                series = Arrays.copyOf(series, 2 * size);
            }
            rise(size++, value, number);
            return true;
        }
        if (isAhead(value, values[0])) {
            sink(value, number);
            return true;
        }
        return false;
    }

    /** From the first place to the last. */
    void forEach(Place place) {
        IntStream.range(0, size).boxed().sorted((a, b) -> order(a, b)).forEach(i -> place.accept(values[i], series[i]));
    }

    private int order(int a, int b) {
        if (isAhead(values[a], values[b])) {
            return -1;
        }
        return isAhead(values[b], values[a]) ? 1 : Integer.compare(series[a], series[b]);
    }

    /** NaN is behind all others. */
    private boolean isAhead(double value, double other) {
        if (Double.isNaN(other)) {
            return !Double.isNaN(value);
        }
        return greatest ? value > other : value < other;
    }

    /** Whether an element leaves the podium before another: it is behind, or equal and came later. */
    private boolean isFirstToGo(double value, int number, int i) {
        return isAhead(values[i], value) || (!isAhead(value, values[i]) && number > series[i]);
    }

    private void rise(int from, double value, int number) {
        int i = from;
        while (i > 0 && isFirstToGo(value, number, (i - 1) / 2)) {
            move((i - 1) / 2, i);
            i = (i - 1) / 2;
        }
        values[i] = value;
        series[i] = number;
    }

    private void sink(double value, int number) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isFirstToGo(values[child + 1], series[child + 1], child)) {
                child++;
            }
            if (isFirstToGo(value, number, child)) {
                break;
            }
            move(child, i);
            i = child;
        }
        values[i] = value;
        series[i] = number;
    }

    private void move(int from, int to) {
        values[to] = values[from];
        series[to] = series[from];
    }
}
