package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What each function of the language does. */
public final class Functions {

    private static final Map<Function, FunctionBody> BODIES = new EnumMap<>(Function.class);

    static {
        Elementwise.register(BODIES::put);
        OverTimeFunctions.register(BODIES::put);
        ScalarFunctions.register(BODIES::put);
        HistogramFunctions.register(BODIES::put);
        LabelFunctions.register(BODIES::put);
        Sorting.register(BODIES::put);
        changes(BODIES::put);
        BODIES.put(ABSENT, new Absence());
        BODIES.put(ABSENT_OVER_TIME, new Absence());
        BODIES.put(INFO, new InfoLabels());
    }

    private Functions() {}

    /** What a function does. */
    public static FunctionBody of(Function function) {
        return BODIES.get(function);
    }

    private static void changes(BiConsumer<Function, FunctionBody> register) {
        register.accept(RATE, new Rate(true, true));
        register.accept(INCREASE, new Rate(true, false));
        register.accept(DELTA, new Rate(false, false));
        register.accept(IRATE, new LastChange(true));
        register.accept(IDELTA, new LastChange(false));
        register.accept(CHANGES, new Transitions(false));
        register.accept(RESETS, new Transitions(true));
        register.accept(DERIV, new Regression(false));
        register.accept(PREDICT_LINEAR, new Regression(true));
        register.accept(DOUBLE_EXPONENTIAL_SMOOTHING, new Smoothing());
    }
}
