package io.tributary.promql.ast;

import java.util.List;

/** An expression in parentheses. */
public record Paren(Expr expr, Span span) implements Expr {

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
