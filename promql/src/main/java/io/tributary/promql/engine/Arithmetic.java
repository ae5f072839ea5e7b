package io.tributary.promql.engine;

import io.tributary.promql.ast.BinaryOperator;

/** Binary operators on numbers. */
final class Arithmetic {

    private Arithmetic() {}

    /** Of two scalars, of which comparisons give 0 and 1. */
    static double scalar(BinaryOperator operator, double left, double right) {
        return operator.kind() == BinaryOperator.Kind.COMPARISON
                ? compare(operator, left, right) ? 1 : 0
                : compute(operator, left, right);
    }

    static double compute(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> left / right;
            case MODULO -> left % right;
            case POWER -> power(left, right);
            case ATAN2 -> Math.atan2(left, right);
            default -> throw new IllegalArgumentException(operator.symbol() + " between numbers");
        };
    }

    /** Of two numbers of which one may be NaN, as IEEE 754 has it. */
    static boolean compare(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            default -> throw new IllegalArgumentException(operator.symbol() + " is no comparison");
        };
    }

    /** Other than Java, IEEE 754 and Go have 1 to the power of anything, and -1 to that of an infinity, as 1. */
    private static double power(double base, double exponent) {
        if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
            return 1;
        }
        return Math.pow(base, exponent);
    }
}
