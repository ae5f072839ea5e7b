package io.tributary.promql.ast;

import java.util.List;

/**
 * Two operands and what combines them.
 *
 * @param bool whether a comparison gives 0 and 1 and does not filter
 * @param matching {@link Matching#DEFAULT} where nothing was written; of no meaning unless both operands are vectors
 */
public record Binary(BinaryOperator operator, Expr left, Expr right, boolean bool, Matching matching, Span span)
        implements Expr {

    @Override
    public ValueType type() {
        return left.type() == ValueType.SCALAR && right.type() == ValueType.SCALAR
                ? ValueType.SCALAR
                : ValueType.VECTOR;
    }

    @Override
    public List<Expr> children() {
        return List.of(left, right);
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
