package io.tributary.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * How far work had come at several instants, and what it had cost by then. A first part of it is a warm-up; the rest is
 * cut into stretches, and each stretch is one measurement.
 */
public final class Progress {
    private static final double WARM_UP = 0.35;

    /**
     * One look at the work.
     *
     * @param nanos when, by {@link System#nanoTime}
     * @param records how many records were done
     * @param cpuSeconds what the process had used
     */
    public record Look(long nanos, long records, double cpuSeconds) {}

    private final List<Look> looks = new ArrayList<>();

    /** Notes a look at this moment, unless nothing was done since the last one. */
    public void note(long records, double cpuSeconds) {
        note(records, cpuSeconds, System.nanoTime());
    }

    /** Notes a look at the moment that a clock shows which rests while the work does, unless nothing was done since. */
    public void note(long records, double cpuSeconds, long nanos) {
        if (looks.isEmpty() || looks.getLast().records() != records) {
            looks.add(new Look(nanos, records, cpuSeconds));
        }
    }

    /** Records per second, of each of so many stretches. */
    public Spread recordsPerSecond(int stretches) {
        return spread(stretches, Progress::recordsPerSecond);
    }

    /** Processor seconds that a million records take, of each of so many stretches. */
    public Spread cpuPerMillion(int stretches) {
        return spread(stretches, Progress::cpuPerMillion);
    }

    /** Records per second from the first look to the last, without a warm-up. */
    public double recordsPerSecond() {
        return recordsPerSecond(looks.getFirst(), looks.getLast());
    }

    /** Processor seconds that a million records took from the first look to the last, without a warm-up. */
    public double cpuPerMillion() {
        return cpuPerMillion(looks.getFirst(), looks.getLast());
    }

    private static double recordsPerSecond(Look from, Look to) {
        return (to.records() - from.records()) * 1e9 / (to.nanos() - from.nanos());
    }

    private static double cpuPerMillion(Look from, Look to) {
        return (to.cpuSeconds() - from.cpuSeconds()) * 1e6 / (to.records() - from.records());
    }

    private Spread spread(int stretches, ToDoubleBiFunction<Look, Look> measure) {
        long first = looks.getFirst().records();
        long all = looks.getLast().records() - first;
        double begin = first + WARM_UP * all;
        List<Double> values = new ArrayList<>();
        Look from = at(begin);
        for (int stretch = 1; stretch <= stretches; stretch++) {
            Look to = at(begin + (1 - WARM_UP) * all * stretch / stretches);
            if (to.records() > from.records()) {
                values.add(measure.applyAsDouble(from, to));
                from = to;
            }
        }
        if (values.isEmpty()) {
            // Too little was done for a warm-up.
            values.add(measure.applyAsDouble(looks.getFirst(), looks.getLast()));
        }
        return Spread.of(values);
    }

    private Look at(double records) {
        return looks.stream()
                .filter(look -> look.records() >= records)
                .findFirst()
                .orElse(looks.getLast());
    }
}
