package io.tributary.promql.engine;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Shift;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.value.Steps;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What time a selector or subquery looks at when it is evaluated at another: {@code offset} and {@code @}.
 *
 * @param offset how far back, in milliseconds; negative: ahead
 * @param at the time from which it looks, whatever the time of evaluation; in milliseconds since the epoch
 */
record Reach(long offset, OptionalLong at) {

    static final Reach NONE = new Reach(0, OptionalLong.empty());

    static Reach of(Shift shift, Query query) {
        long offset = shift.offset().map(query.lengths()::offset).orElse(0L);
        OptionalLong at = shift.at()
                .map(fixed -> OptionalLong.of(time(fixed, query.steps())))
                .orElseGet(OptionalLong::empty);
        return new Reach(offset, at);
    }

    /** Of the first selector in an expression that selects samples for its value; empty if there is none. */
    static Optional<Reach> ofFirst(Expr expr, Query query) {
        return switch (expr) {
            case Selector selector -> Optional.of(of(selector.shift(), query));
            case Subquery subquery ->
                ofFirst(subquery.expr(), query).map(inner -> inner.within(of(subquery.shift(), query)));
            default ->
                expr.children().stream()
                        .filter(child -> child.type() == ValueType.VECTOR || child.type() == ValueType.MATRIX)
                        .map(child -> ofFirst(child, query))
                        .flatMap(Optional::stream)
                        .findFirst();
        };
    }

    /** Of what looks from a time at which something around it looks already. */
    private Reach within(Reach outer) {
        return at.isPresent() ? this : new Reach(offset + outer.offset, outer.at);
    }

    long from(long time) {
        return at.orElse(time) - offset;
    }

    /** What is looked at at each step. */
    Steps from(Steps steps) {
        return new Steps(from(steps.start()), from(steps.end()), at.isPresent() ? 0 : steps.interval());
    }

    private static long time(Shift.At at, Steps query) {
        return switch (at) {
            case Shift.At.Time fixed -> fixed.millis();
            case Shift.At.Start _ -> query.start();
            case Shift.At.End _ -> query.end();
        };
    }
}
