package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.histogram.HistogramMean;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;

/** What each function of the language does. */
public final class Functions {

    private static final Map<Function, FunctionBody> BODIES = new EnumMap<>(Function.class);

    static {
        Elementwise.register(BODIES::put);
        changes();
        overTime();
        scalars();
    }

    private Functions() {}

    /**
     * What a function does.
     *
     * @throws QueryException if it is not known here
     */
    public static FunctionBody of(Function function) {
        FunctionBody body = BODIES.get(function);
        if (body == null) {
            throw new QueryException("unknown function with name \"" + function.symbol() + "\"");
        }
        return body;
    }

    private static void changes() {
        range(RATE, new Rate(true, true));
        range(INCREASE, new Rate(true, false));
        range(DELTA, new Rate(false, false));
    }

    private static void overTime() {
        range(COUNT_OVER_TIME, (window, out) -> out.set(window.size()));
        range(PRESENT_OVER_TIME, (window, out) -> out.set(1));
        range(SUM_OVER_TIME, pure(OverTime::sum, Functions::sumOfHistograms));
        range(AVG_OVER_TIME, pure(OverTime::mean, Functions::meanOfHistograms));
        numbers(STDVAR_OVER_TIME, OverTime::variance);
        numbers(STDDEV_OVER_TIME, numbers -> Math.sqrt(OverTime.variance(numbers)));
        numbers(MAD_OVER_TIME, OverTime::medianDeviation);
        numbers(MAX_OVER_TIME, numbers -> extreme(numbers, Math::max));
        numbers(MIN_OVER_TIME, numbers -> extreme(numbers, Math::min));
        range(QUANTILE_OVER_TIME, (window, out) -> {
            double q = window.scalar(0);
            var numbers = OverTime.numbers(window);
            if (numbers.length > 0) {
                if (!(q >= 0 && q <= 1)) {
                    window.warn("quantile value should be between 0 and 1, got " + Remarks.number(q), 0);
                }
                remarkHistograms(window, numbers.length, 1);
                out.set(OverTime.quantile(q, numbers));
            }
        });
        range(TS_OF_FIRST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.from()) / 1000.0));
        range(TS_OF_LAST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.to() - 1) / 1000.0));
        range(FIRST_OVER_TIME, new Picked(true));
        range(LAST_OVER_TIME, new Picked(false));
    }

    private static void scalars() {
        BODIES.put(TIME, (VectorFunction) (call, out) -> {
            var column = new Column(Labels.EMPTY, call.steps().count());
            for (int step = 0; step < column.steps(); step++) {
                column.set(step, call.steps().time(step) / 1000.0);
            }
            out.accept(column);
        });
        BODIES.put(PI, (VectorFunction) (call, out) -> out.accept(constant(call, Math.PI)));
        BODIES.put(VECTOR, (VectorFunction) (call, out) -> out.accept(column(call.scalar(0))));
        larger(MAX_OF, Math::max, Double.POSITIVE_INFINITY);
        larger(MIN_OF, Math::min, Double.NEGATIVE_INFINITY);
    }

    /** As Go has it: an infinity that nothing can exceed wins even over NaN. */
    private static void larger(Function function, DoubleBinaryOperator operator, double winner) {
        BODIES.put(function, (VectorFunction) (call, out) -> {
            double[] a = call.scalar(0);
            double[] b = call.scalar(1);
            var result = new double[call.steps().count()];
            for (int i = 0; i < result.length; i++) {
                result[i] = a[i] == winner || b[i] == winner ? winner : operator.applyAsDouble(a[i], b[i]);
            }
            out.accept(column(result));
        });
    }

    private static Column constant(VectorCall call, double value) {
        var values = new double[call.steps().count()];
        Arrays.fill(values, value);
        return column(values);
    }

    private static Column column(double[] values) {
        var column = new Column(Labels.EMPTY, values.length);
        for (int step = 0; step < values.length; step++) {
            column.set(step, values[step]);
        }
        return column;
    }

    /** NaN only if all are. */
    private static double extreme(double[] numbers, DoubleBinaryOperator operator) {
        double found = Double.NaN;
        for (double number : numbers) {
            if (!Double.isNaN(number)) {
                found = Double.isNaN(found) ? number : operator.applyAsDouble(found, number);
            }
        }
        return found;
    }

    private static void numbers(Function function, ToDoubleFunction<double[]> body) {
        range(function, (window, out) -> {
            var numbers = OverTime.numbers(window);
            if (numbers.length > 0) {
                remarkHistograms(window, numbers.length, 0);
                out.set(body.applyAsDouble(numbers));
            }
        });
    }

    private static void remarkHistograms(Window window, int numbers, int argument) {
        if (numbers < window.size()) {
            window.inform(Remarks.HISTOGRAMS_IGNORED + Remarks.name(window), argument);
        }
    }

    private static RangeFunction pure(ToDoubleFunction<double[]> ofNumbers, RangeFunction ofHistograms) {
        return (window, out) -> {
            var numbers = OverTime.numbers(window);
            if (numbers.length == window.size()) {
                out.set(ofNumbers.applyAsDouble(numbers));
            } else if (numbers.length == 0) {
                ofHistograms.evaluate(window, out);
            } else {
                window.warn(Remarks.MIXED_SAMPLES + Remarks.name(window), 0);
            }
        };
    }

    private static void sumOfHistograms(Window window, Outcome out) {
        var sum = new HistogramSum(window.samples().histogram(window.from()));
        for (int i = window.from() + 1; i < window.to(); i++) {
            var next = window.samples().histogram(i);
            if (!sum.accepts(next)) {
                window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
                return;
            }
            sum.add(next);
        }
        Remarks.aggregated(window, sum.resetsContradict(), sum.boundsReconciled());
        out.set(sum.result());
    }

    private static void meanOfHistograms(Window window, Outcome out) {
        var mean = new HistogramMean(window.samples().histogram(window.from()));
        for (int i = window.from() + 1; i < window.to(); i++) {
            var next = window.samples().histogram(i);
            if (!mean.accepts(next)) {
                window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
                return;
            }
            mean.add(next);
        }
        Remarks.aggregated(window, mean.resetsContradict(), mean.boundsReconciled());
        out.set(mean.result());
    }

    private static void range(Function function, RangeFunction body) {
        BODIES.put(function, body);
    }
}
