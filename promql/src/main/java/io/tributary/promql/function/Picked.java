package io.tributary.promql.function;

/** The first or the last sample of the range, as it is. */
record Picked(boolean first) implements RangeFunction {

    @Override
    public void evaluate(Window window, Outcome out) {
        int at = first ? window.from() : window.to() - 1;
        var histogram = window.samples().histogram(at);
        if (histogram == null) {
            out.set(window.samples().value(at));
        } else {
            out.set(histogram);
        }
    }

    @Override
    public boolean keepsName() {
        return true;
    }
}
