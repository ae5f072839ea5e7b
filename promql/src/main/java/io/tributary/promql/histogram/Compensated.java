package io.tributary.promql.histogram;

/**
 * A running sum that keeps what rounding loses apart (Kahan's summation as improved by Neumaier), as Prometheus sums.
 */
public final class Compensated {

    private double sum;
    private double lost;

    public Compensated() {}

    public Compensated(double first) {
        this.sum = first;
    }

    public void add(double value) {
        double next = sum + value;
        lost = remainder(sum, value, next, lost);
        sum = next;
    }

    public void scale(double factor) {
        sum *= factor;
        lost *= factor;
    }

    public void divide(double divisor) {
        sum /= divisor;
        lost /= divisor;
    }

    /** Whether adding the value would leave the finite numbers. */
    public boolean overflowsWith(double value) {
        return Double.isInfinite(sum + value);
    }

    /** The sum without what rounding lost. */
    public double raw() {
        return sum;
    }

    public double lost() {
        return lost;
    }

    public double value() {
        return sum + lost;
    }

    /** What is lost after {@code sum + value} was rounded to {@code next}; nothing if that is infinite. */
    public static double remainder(double sum, double value, double next, double lost) {
        if (Double.isInfinite(next)) {
            return 0;
        }
        return lost + (Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum);
    }
}
