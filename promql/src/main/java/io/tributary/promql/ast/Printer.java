package io.tributary.promql.ast;

/** Prints expressions canonically. */
final class Printer {

    private Printer() {}

    static String print(Expr expr) {
        return expr.getClass().getSimpleName();
    }
}
