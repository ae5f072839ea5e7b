package io.tributary.promql.function;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;
import java.util.List;

/** A call of a function that sees its arguments over all steps. */
public abstract class VectorCall extends CallContext {

    private final Steps steps;
    private final Steps query;

    protected VectorCall(Call call, Features features, Annotations annotations, Steps steps, Steps query) {
        super(call, features, annotations);
        this.steps = steps;
        this.query = query;
    }

    /** The steps at which the call is evaluated; within a subquery, that one's. */
    public Steps steps() {
        return steps;
    }

    /** The steps of the whole query. */
    public Steps query() {
        return query;
    }

    /**
     * The series of an argument, counted from 0. Of a range vector: at each step at which its range has samples, their
     * number.
     */
    public abstract Columns columns(int argument);

    /** All series of an argument at once, counted as samples in memory until the call has been answered. */
    public abstract List<Column> kept(int argument);

    /** The column without its metric's name, or marked to lose it at the end of the query. */
    public abstract Column unnamed(Column column);

    /** The value of a scalar argument at each step. */
    public abstract double[] scalar(int argument);

    /**
     * The series that fulfil all matchers, at each step the time of the sample that counts there, in milliseconds since
     * the epoch.
     *
     * @param like whose first selector says when they are looked up: {@code offset} and {@code @}, also those of
     *     subqueries around it
     * @throws QueryException if a sample is a histogram
     */
    public abstract Columns sampleTimes(List<Matcher> matchers, Expr like);
}
