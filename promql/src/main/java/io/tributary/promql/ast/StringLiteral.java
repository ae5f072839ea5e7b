package io.tributary.promql.ast;

import java.util.List;

/**
 * A string.
 *
 * @param value without quotes and escapes
 */
public record StringLiteral(String value, Span span) implements Expr {

    @Override
    public ValueType type() {
        return ValueType.STRING;
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
