package io.tributary.promql.ast;

import java.util.List;
import java.util.Optional;

/**
 * The values of an expression at steps within a range: {@code expr[range:step]}.
 *
 * @param step absent: the engine's default
 */
public record Subquery(Expr expr, Length range, Optional<Length> step, Shift shift, Span span) implements Expr {

    @Override
    public ValueType type() {
        return ValueType.MATRIX;
    }

    @Override
    public List<Expr> children() {
        return List.of(expr);
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
