package io.tributary.promql.function;

/** {@code stdvar_over_time} and {@code stddev_over_time}, which is its root. */
final class SlidingVariance implements RangeFunction {

    private final boolean root;
    private final SlidingMoments moments = new SlidingMoments();

    SlidingVariance(boolean root) {
        this.root = root;
    }

    @Override
    public RangeFunction perSeries() {
        return new SlidingVariance(root);
    }

    @Override
    public void evaluate(Window window, Outcome out) {
        Moments numbers = moments.of(window);
        if (numbers.count() > 0) {
            OverTimeFunctions.remarkHistograms(window, numbers.count(), 0);
            out.set(root ? Math.sqrt(numbers.variance()) : numbers.variance());
        }
    }
}
