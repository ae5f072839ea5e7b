package io.tributary.promql.ast;

import java.util.List;

/** A function and its arguments, those left out not among them. */
public record Call(Function function, List<Expr> arguments, Span span) implements Expr {

    public Call {
        arguments = List.copyOf(arguments);
    }

    @Override
    public ValueType type() {
        return function.returns();
    }

    @Override
    public List<Expr> children() {
        return arguments;
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
