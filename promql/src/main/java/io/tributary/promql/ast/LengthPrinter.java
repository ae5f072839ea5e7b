package io.tributary.promql.ast;

import io.tributary.promql.Durations;
import io.tributary.promql.value.NumberText;

/** Prints lengths of time. */
final class LengthPrinter {

    private LengthPrinter() {}

    static String print(Length length) {
        return switch (length) {
            case Length.Fixed fixed -> Durations.format(fixed.millis());
            case Length.Plain plain -> NumberText.plain(plain.value());
            case Length.Step _ -> "step()";
            case Length.Range _ -> "range()";
            case Length.Negated negated -> "-" + operand(negated.length(), Length.Operator.MULTIPLY.precedence() + 1);
            case Length.Wrapped wrapped -> "(" + print(wrapped.length()) + ")";
            case Length.Combined combined -> combined(combined);
        };
    }

    private static String combined(Length.Combined combined) {
        Length.Operator operator = combined.operator();
        return switch (operator) {
            case MINIMUM, MAXIMUM ->
                operator.symbol() + "(" + print(combined.left()) + ", " + print(combined.right()) + ")";
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO ->
                operand(combined.left(), operator.precedence()) + " " + operator.symbol() + " "
                        + operand(combined.right(), operator.precedence() + 1);
            case POWER ->
                operand(combined.left(), operator.precedence() + 1) + " " + operator.symbol() + " "
                        + operand(combined.right(), operator.precedence());
        };
    }

    private static String operand(Length length, int precedence) {
        boolean falls = length instanceof Length.Combined combined
                && combined.operator().precedence() < precedence;
        return falls ? "(" + print(length) + ")" : print(length);
    }
}
