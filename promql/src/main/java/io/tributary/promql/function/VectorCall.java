package io.tributary.promql.function;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Columns;
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

    /** The value of a scalar argument at each step. */
    public abstract double[] scalar(int argument);

    /**
     * The series that fulfil all matchers, at each step the time of the sample that counts there, in milliseconds since
     * the epoch.
     *
     * @param offset how far back the samples are taken, in milliseconds
     */
    public abstract Columns sampleTimes(List<Matcher> matchers, long offset);
}
