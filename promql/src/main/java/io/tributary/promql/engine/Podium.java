package io.tributary.promql.engine;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The elements of a group that are ahead at one step: a heap with the last place at its top. Of equal values the one
 * whose labels come first is ahead, so that the same elements give the same answer in whatever order they come.
 */
final class Podium {

    /** What is done with one place. */
    @FunctionalInterface
    interface Place {
        void accept(double value, int series);
    }

    /** Orders two series, by their numbers. */
    @FunctionalInterface
    interface Order {
        int compare(int series, int other);
    }

    private final boolean greatest;
    private final Order order;
    private double[] values = new double[4];
    private int[] series = new int[4];
    private int size;

    Podium(boolean greatest, Order order) {
        this.greatest = greatest;
        this.order = order;
    }

    int size() {
        return size;
    }

    /** Gives an element its place, if it is ahead of one of so many. */
    boolean enter(double value, int number, int places) {
        if (size < places) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                series = Arrays.copyOf(series, 2 * size);
            }
            rise(size++, value, number);
            return true;
        }
        if (isFirstToGo(values[0], series[0], value, number)) {
            sink(value, number);
            return true;
        }
        return false;
    }

    /** From the first place to the last. */
    void forEach(Place place) {
        IntStream.range(0, size).boxed().sorted(this::order).forEach(i -> place.accept(values[i], series[i]));
    }

    private int order(int a, int b) {
        if (a == b) {
            return 0;
        }
        return isFirstToGo(values[a], series[a], values[b], series[b]) ? 1 : -1;
    }

    /** NaN is behind all others. */
    private boolean isAhead(double value, double other) {
        if (Double.isNaN(other)) {
            return !Double.isNaN(value);
        }
        return greatest ? value > other : value < other;
    }

    /** Whether an element leaves the podium before another: it is behind, or equal and its labels come later. */
    private boolean isFirstToGo(double value, int number, double other, int otherNumber) {
        return isAhead(other, value) || (!isAhead(value, other) && order.compare(number, otherNumber) > 0);
    }

    private void rise(int from, double value, int number) {
        int i = from;
        while (i > 0 && isFirstToGo(value, number, values[(i - 1) / 2], series[(i - 1) / 2])) {
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
            if (child + 1 < size && isFirstToGo(values[child + 1], series[child + 1], values[child], series[child])) {
                child++;
            }
            if (isFirstToGo(value, number, values[child], series[child])) {
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
