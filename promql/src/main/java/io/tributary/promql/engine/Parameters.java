package io.tributary.promql.engine;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.value.NumberText;
import io.tributary.promql.value.QueryException;
import java.util.Arrays;

/** The parameters of aggregations, at each step. */
final class Parameters {

    /** The largest double below 2^63, and the smallest long. */
    private static final double MAX_LONG = 0x1.fffffffffffffp62;

    private static final double MIN_LONG = -0x1p63;

    private Parameters() {}

    /** How many elements of a group pass. */
    static int[] counts(Evaluator evaluator, Expr parameter) {
        double[] values = evaluator.scalar(parameter);
        double max = Arrays.stream(values).max().orElse(0);
        if (max < 1) {
            return new int[values.length];
        }
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new QueryException("Parameter value is NaN");
        }
        double min = Arrays.stream(values).min().orElse(0);
        if (min <= MIN_LONG) {
            throw new QueryException("Scalar value " + NumberText.general(min) + " underflows int64");
        }
        if (max >= MAX_LONG) {
            throw new QueryException("Scalar value " + NumberText.general(max) + " overflows int64");
        }
        return Arrays.stream(values).mapToInt(value -> (int) Math.max(0, value)).toArray();
    }

    /** What share of all series passes; negative: those that the rest would leave out. */
    static double[] ratios(Evaluator evaluator, Expr parameter) {
        double[] values = evaluator.scalar(parameter);
        if (Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new QueryException("Ratio value is NaN");
        }
        double max = Arrays.stream(values).max().orElse(0);
        double min = Arrays.stream(values).min().orElse(0);
        if (max > 1) {
            remark(evaluator, parameter, max, "1");
        }
        if (min < -1) {
            remark(evaluator, parameter, min, "-1");
        }
        return Arrays.stream(values).map(value -> Math.clamp(value, -1, 1)).toArray();
    }

    private static void remark(Evaluator evaluator, Expr parameter, double value, String limit) {
        evaluator
                .query()
                .annotations()
                .warn(
                        "ratio value should be between -1 and 1, got " + NumberText.general(value) + ", capping to "
                                + limit,
                        Trees.unwrap(parameter).span());
    }

    static double[] quantiles(Evaluator evaluator, Expr parameter) {
        double[] values = evaluator.scalar(parameter);
        Arrays.stream(values)
                .filter(value -> !(value >= 0 && value <= 1))
                .forEach(value -> evaluator
                        .query()
                        .annotations()
                        .warn(
                                "quantile value should be between 0 and 1, got " + NumberText.general(value),
                                Trees.unwrap(parameter).span()));
        return values;
    }
}
