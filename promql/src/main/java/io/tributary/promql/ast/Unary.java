package io.tributary.promql.ast;

import java.util.List;

/** {@code -expr} or {@code +expr}, of a scalar or an instant vector. */
public record Unary(boolean negative, Expr expr, Span span) implements Expr {

    @Override
    public ValueType type() {
        return expr.type();
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
