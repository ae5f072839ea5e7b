package io.tributary.promql.function;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Steps;

/** What a function of one series knows besides its samples: the step, the series, and its scalar arguments. */
public class Scope extends CallContext {

    private final Steps steps;
    private final double[][] scalars;
    private Labels labels = Labels.EMPTY;
    private int step;

    /** @param scalars for each argument its value at each step; null for one that is no scalar */
    public Scope(Call call, Features features, Annotations annotations, Steps steps, double[][] scalars) {
        super(call, features, annotations);
        this.steps = steps;
        this.scalars = scalars;
    }

    /** Enters the next series. */
    public void enter(Labels labels) {
        this.labels = labels;
    }

    public void step(int step) {
        this.step = step;
    }

    public int step() {
        return step;
    }

    /** The labels of the series, its name among them. */
    public Labels labels() {
        return labels;
    }

    /** The time of evaluation, in milliseconds since the epoch. */
    public long time() {
        return steps.time(step);
    }

    /** The value at this step of a scalar argument, counted from 0 among all arguments. */
    public double scalar(int argument) {
        return scalars[argument][step];
    }
}
