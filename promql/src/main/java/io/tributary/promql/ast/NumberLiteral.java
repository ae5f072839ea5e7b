package io.tributary.promql.ast;

import java.util.List;

/**
 * A number.
 *
 * @param value may be infinite or NaN
 * @param duration written as a duration, such as {@code 5m}; the value is then in seconds, and is printed so again
 */
public record NumberLiteral(double value, boolean duration, Span span) implements Expr {

    @Override
    public ValueType type() {
        return ValueType.SCALAR;
    }

    @Override
    public List<Expr> children() {
        return List.of();
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
