package io.tributary.promql.engine;

/** Sums at each step with little loss: Neumaier's variant of Kahan's summation. */
final class Kahan {

    private final double[] sums;
    private final double[] compensations;

    Kahan(int steps) {
        this.sums = new double[steps];
        this.compensations = new double[steps];
    }

    void set(int step, double value) {
        sums[step] = value;
        compensations[step] = 0;
    }

    void add(int step, double value) {
        double sum = sums[step];
        double total = sum + value;
        if (Double.isInfinite(total)) {
            compensations[step] = 0;
        } else if (Math.abs(sum) >= Math.abs(value)) {
            compensations[step] += (sum - total) + value;
        } else {
            compensations[step] += (value - total) + sum;
        }
        sums[step] = total;
    }

    /** Whether adding the value would leave the range of numbers. */
    boolean overflows(int step, double value) {
        return Double.isInfinite(sums[step] + value);
    }

    void multiply(int step, double factor) {
        sums[step] *= factor;
        compensations[step] *= factor;
    }

    void divide(int step, double divisor) {
        sums[step] /= divisor;
        compensations[step] /= divisor;
    }

    double sum(int step) {
        return sums[step] + compensations[step];
    }

    /** The sum divided, each part by itself, which loses less. */
    double quotient(int step, double divisor) {
        return sums[step] / divisor + compensations[step] / divisor;
    }
}
