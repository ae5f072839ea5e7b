package io.tributary.promql.engine;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;

/** Answers queries. Holds nothing of a query, and may be used by any number of threads. */
public final class Engine {

    private final EngineOptions options;

    public Engine(EngineOptions options) {
        this.options = options;
    }

    public EngineOptions options() {
        return options;
    }

    /** As {@link #instant(Storage, Expr, long, Cancellation)}, never cancelled. */
    public QueryResult instant(Storage storage, Expr expr, long time) {
        return instant(storage, expr, time, new Cancellation());
    }

    /**
     * The value of the expression at one time.
     *
     * @param time in milliseconds since the epoch
     * @throws QueryException if it has none, takes too long or too much memory, or is cancelled
     */
    public QueryResult instant(Storage storage, Expr expr, long time, Cancellation cancellation) {
        return new Query(options, storage, expr, Steps.at(time), cancellation).instant();
    }

    /** As {@link #range(Storage, Expr, long, long, long, Cancellation)}, never cancelled. */
    public QueryResult range(Storage storage, Expr expr, long start, long end, long step) {
        return range(storage, expr, start, end, step, new Cancellation());
    }

    /**
     * The values of the expression from start to end.
     *
     * @param start in milliseconds since the epoch
     * @param end inclusive
     * @param step in milliseconds, above 0
     * @throws QueryException if it has none, takes too long or too much memory, or is cancelled
     */
    public QueryResult range(Storage storage, Expr expr, long start, long end, long step, Cancellation cancellation) {
        if (step <= 0) {
            throw new QueryException("step: " + step + " ms (expected: above 0)");
        }
        if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
            throw new QueryException("invalid expression type \"" + expr.type().documented()
                    + "\" for range query, must be Scalar or instant Vector");
        }
        return new Query(options, storage, expr, new Steps(start, end, step), cancellation).range();
    }
}
