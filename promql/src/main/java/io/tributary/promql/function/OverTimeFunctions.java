package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.histogram.HistogramMean;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.HistogramTotal;
import io.tributary.promql.histogram.NativeHistogram;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/** Functions that summarize the samples of a range, whatever their order, and those that pick one. */
final class OverTimeFunctions {

    private final BiConsumer<Function, FunctionBody> register;

    private OverTimeFunctions(BiConsumer<Function, FunctionBody> register) {
        this.register = register;
    }

    static void register(BiConsumer<Function, FunctionBody> register) {
        new OverTimeFunctions(register).all();
    }

    private void all() {
        range(COUNT_OVER_TIME, (window, out) -> out.set(window.size()));
        range(PRESENT_OVER_TIME, (window, out) -> out.set(1));
        range(SUM_OVER_TIME, new SlidingSum(false, total(HistogramSum::new)));
        range(AVG_OVER_TIME, new SlidingSum(true, total(HistogramMean::new)));
        range(STDVAR_OVER_TIME, new SlidingVariance(false));
        range(STDDEV_OVER_TIME, new SlidingVariance(true));
        numbers(MAD_OVER_TIME, OverTime::medianDeviation);
        range(MAX_OVER_TIME, new SlidingExtreme(true, false));
        range(MIN_OVER_TIME, new SlidingExtreme(false, false));
        range(QUANTILE_OVER_TIME, new SlidingQuantile());
        range(TS_OF_FIRST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.from()) / 1000.0));
        range(TS_OF_LAST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.to() - 1) / 1000.0));
        range(TS_OF_MAX_OVER_TIME, new SlidingExtreme(true, true));
        range(TS_OF_MIN_OVER_TIME, new SlidingExtreme(false, true));
        range(FIRST_OVER_TIME, new Picked(true));
        range(LAST_OVER_TIME, new Picked(false));
    }

    private void numbers(Function function, ToDoubleFunction<double[]> body) {
        range(function, (window, out) -> {
            var numbers = OverTime.numbers(window);
            if (numbers.length > 0) {
                remarkHistograms(window, numbers.length, 0);
                out.set(body.applyAsDouble(numbers));
            }
        });
    }

    static void remarkHistograms(Window window, int numbers, int argument) {
        if (numbers < window.size()) {
            window.inform(Remarks.HISTOGRAMS_IGNORED + Remarks.name(window), argument);
        }
    }

    /** Nothing, and a remark, if some have exponential buckets and some custom ones. */
    private static RangeFunction total(java.util.function.Function<NativeHistogram, HistogramTotal> first) {
        return (window, out) -> {
            var total = first.apply(window.samples().histogram(window.from()));
            for (int i = window.from() + 1; i < window.to(); i++) {
                var next = window.samples().histogram(i);
                if (!total.accepts(next)) {
                    window.warn(Remarks.MIXED_SCHEMAS + Remarks.name(window), 0);
                    return;
                }
                total.add(next);
            }
            Remarks.aggregated(window, total.resetsContradict(), total.boundsReconciled());
            out.set(total.result());
        };
    }

    private void range(Function function, RangeFunction body) {
        register.accept(function, body);
    }
}
