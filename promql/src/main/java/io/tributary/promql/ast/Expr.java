package io.tributary.promql.ast;

import java.util.List;

/** An expression. {@code toString} prints it canonically, as Prometheus does; the text parses to an equal tree. */
public sealed interface Expr
        permits NumberLiteral,
                StringLiteral,
                Selector,
                RangeSelector,
                Subquery,
                Unary,
                Binary,
                Aggregation,
                Call,
                Paren {

    ValueType type();

    Span span();

    /** The expressions directly within this one, in the order of the text. */
    List<Expr> children();
}
