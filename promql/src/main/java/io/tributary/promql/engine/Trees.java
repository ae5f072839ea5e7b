package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.NumberLiteral;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.ast.Unary;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** What can be told of an expression before it is evaluated. */
final class Trees {

    /** Functions whose result depends on the time of evaluation, whatever their arguments. */
    private static final Set<Function> OF_TIME = EnumSet.of(
            Function.TIME,
            Function.TIMESTAMP,
            Function.PREDICT_LINEAR,
            Function.DAYS_IN_MONTH,
            Function.DAY_OF_MONTH,
            Function.DAY_OF_WEEK,
            Function.DAY_OF_YEAR,
            Function.HOUR,
            Function.MINUTE,
            Function.MONTH,
            Function.YEAR);

    private final IdentityHashMap<Expr, Boolean> invariant = new IdentityHashMap<>();

    /** The expression without parentheses around it. */
    static Expr unwrap(Expr expr) {
        while (expr instanceof Paren paren) {
            expr = paren.expr();
        }
        return expr;
    }

    /** Whether the expression has the same value at each step of a query, as one with {@code @} has. */
    boolean isInvariant(Expr expr) {
        Boolean known = invariant.get(expr);
        if (known == null) {
            known = compute(expr);
            invariant.put(expr, known);
        }
        return known;
    }

    private boolean compute(Expr expr) {
        return switch (expr) {
            case NumberLiteral _, StringLiteral _ -> true;
            case Selector selector -> selector.shift().at().isPresent();
            case RangeSelector range -> isInvariant(range.selector());
            case Subquery subquery -> subquery.shift().at().isPresent();
            case Call call -> !OF_TIME.contains(call.function()) && areInvariant(call);
            case Aggregation _, Binary _, Unary _, Paren _ -> areInvariant(expr);
        };
    }

    private boolean areInvariant(Expr parent) {
        return parent.children().stream().allMatch(this::isInvariant);
    }
}
