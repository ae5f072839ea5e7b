package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.value.Annotations;

/** A binary operator on two elements of which at least one is a native histogram; holds the result of the last two. */
final class HistogramOperation {

    private final Binary binary;
    private final BinaryOperator operator;
    private final Annotations annotations;
    private NativeHistogram result;
    private boolean kept;

    HistogramOperation(Binary binary, Annotations annotations) {
        this.binary = binary;
        this.operator = binary.operator();
        this.annotations = annotations;
    }

    NativeHistogram result() {
        return result;
    }

    /** Whether the last result passes: always, unless a comparison filters. */
    boolean isKept() {
        return kept;
    }

    /**
     * Combines two elements; of each the histogram counts if there is one.
     *
     * @return false if the operator makes no sense of them, which is remarked on
     */
    boolean apply(double left, NativeHistogram leftHistogram, double right, NativeHistogram rightHistogram) {
        kept = true;
        if (leftHistogram == null) {
            return withNumberFirst(left, rightHistogram);
        }
        return rightHistogram == null ? withNumberSecond(leftHistogram, right) : ofTwo(leftHistogram, rightHistogram);
    }

    private boolean withNumberFirst(double left, NativeHistogram right) {
        if (operator != BinaryOperator.MULTIPLY) {
            return refuse("float", "histogram");
        }
        result = right.times(left).compact();
        return true;
    }

    private boolean withNumberSecond(NativeHistogram left, double right) {
        switch (operator) {
            case MULTIPLY -> result = left.times(right).compact();
            case DIVIDE -> result = left.dividedBy(right).compact();
            case TRIM_UPPER -> result = left.below(right);
            case TRIM_LOWER -> result = left.above(right);
            default -> {
                return refuse("histogram", "float");
            }
        }
        return true;
    }

    private boolean ofTwo(NativeHistogram left, NativeHistogram right) {
        switch (operator) {
            case EQUAL -> kept = left.compact().equals(right.compact());
            case NOT_EQUAL -> kept = !left.compact().equals(right.compact());
            case ADD, SUBTRACT -> {
                return combine(left, right);
            }
            default -> {
                return refuse("histogram", "histogram");
            }
        }
        result = left;
        return true;
    }

    private boolean combine(NativeHistogram left, NativeHistogram right) {
        boolean adds = operator == BinaryOperator.ADD;
        var sum = new HistogramSum(left);
        if (!sum.accepts(right)) {
            annotations.warn(
                    "incompatible bucket layout encountered for binary operator " + operator.symbol(), binary.span());
            return false;
        }
        if (adds) {
            sum.add(right);
        } else {
            sum.subtract(right);
        }
        String name = adds ? "addition" : "subtraction";
        if (sum.resetsContradict()) {
            annotations.warn("conflicting counter resets during histogram " + name, binary.span());
        }
        if (sum.boundsReconciled()) {
            annotations.inform("mismatched custom buckets were reconciled during " + name, binary.span());
        }
        // A difference may go down: it is no counter.
        result = (adds ? sum.result() : sum.result().withHint(ResetHint.GAUGE)).compact();
        return true;
    }

    /** Remarks that the operator makes no sense of elements of these kinds. */
    boolean refuse(String left, String right) {
        String symbol = operator.symbol();
        annotations.inform(
                "incompatible sample types encountered for binary operator \"" + symbol + "\": " + left + " " + symbol
                        + " " + right,
                binary.span());
        return false;
    }
}
