package io.tributary.promql.ast;

import java.util.List;

/**
 * The samples of series in a range that is open at its left and closed at its right end.
 *
 * @param selector what series; its {@link Selector#shift} moves the range
 * @param range how long; above 0
 */
public record RangeSelector(Selector selector, Length range, Span span) implements Expr {

    @Override
    public ValueType type() {
        return ValueType.MATRIX;
    }

    @Override
    public List<Expr> children() {
        return List.of(selector);
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
