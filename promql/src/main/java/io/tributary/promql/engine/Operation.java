package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.value.Column;

/** A binary operator on two elements of vectors; holds the result of the last two. */
final class Operation {

    private final Binary binary;
    private final BinaryOperator operator;
    private final boolean compares;
    private final HistogramOperation histograms;
    private double value;
    private NativeHistogram histogram;
    private boolean kept;

    Operation(Binary binary, Query query) {
        this.binary = binary;
        this.operator = binary.operator();
        this.compares = operator.kind() == BinaryOperator.Kind.COMPARISON;
        this.histograms = new HistogramOperation(binary, query.annotations());
    }

    /**
     * Combines two elements; of each the histogram counts if there is one.
     *
     * @return false if the operator makes no sense of them, which is remarked on
     */
    boolean apply(double left, NativeHistogram leftHistogram, double right, NativeHistogram rightHistogram) {
        histogram = null;
        kept = true;
        if (leftHistogram != null || rightHistogram != null) {
            if (!histograms.apply(left, leftHistogram, right, rightHistogram)) {
                return false;
            }
            kept = histograms.isKept();
            histogram = histograms.result();
        } else if (compares) {
            kept = Arithmetic.compare(operator, left, right);
            value = left;
        } else if (operator.kind() == BinaryOperator.Kind.TRIM) {
            return histograms.refuse("float", "float");
        } else {
            value = Arithmetic.compute(operator, left, right);
        }
        if (binary.bool()) {
            value = kept ? 1 : 0;
            histogram = null;
            kept = true;
        }
        return true;
    }

    /** Whether the last result passes: always, unless a comparison filters. */
    boolean isKept() {
        return kept;
    }

    /** Whether this is a comparison that filters. */
    boolean filters() {
        return compares && !binary.bool();
    }

    void put(Column column, int step) {
        if (histogram == null) {
            column.set(step, value);
        } else {
            column.set(step, histogram);
        }
    }
}
