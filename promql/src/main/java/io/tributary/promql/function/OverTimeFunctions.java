package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.histogram.HistogramMean;
import io.tributary.promql.histogram.HistogramSum;
import io.tributary.promql.histogram.HistogramTotal;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.value.NumberText;
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
        numbers(STDVAR_OVER_TIME, OverTime::variance);
        numbers(STDDEV_OVER_TIME, numbers -> Math.sqrt(OverTime.variance(numbers)));
        numbers(MAD_OVER_TIME, OverTime::medianDeviation);
        range(MAX_OVER_TIME, new SlidingExtreme(true));
        range(MIN_OVER_TIME, new SlidingExtreme(false));
        range(QUANTILE_OVER_TIME, (window, out) -> {
            double q = window.scalar(0);
            var numbers = OverTime.numbers(window);
            if (numbers.length > 0) {
                if (!(q >= 0 && q <= 1)) {
                    window.warn("quantile value should be between 0 and 1, got " + NumberText.general(q), 0);
                }
                remarkHistograms(window, numbers.length, 1);
                out.set(OverTime.quantile(q, numbers));
            }
        });
        range(TS_OF_FIRST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.from()) / 1000.0));
        range(TS_OF_LAST_OVER_TIME, (window, out) -> out.set(window.samples().time(window.to() - 1) / 1000.0));
        range(TS_OF_MAX_OVER_TIME, (window, out) -> timeOf(window, out, (number, found) -> number >= found));
        range(TS_OF_MIN_OVER_TIME, (window, out) -> timeOf(window, out, (number, found) -> number <= found));
        range(FIRST_OVER_TIME, new Picked(true));
        range(LAST_OVER_TIME, new Picked(false));
    }

    private interface Beats {
        boolean test(double number, double found);
    }

    /** The time of the last number that none other beats; NaN counts only if there is nothing else. */
    private static void timeOf(Window window, Outcome out, Beats beats) {
        var samples = window.samples();
        int found = -1;
        int numbers = 0;
        for (int i = window.from(); i < window.to(); i++) {
            if (samples.histogram(i) == null) {
                numbers++;
                double best = found < 0 ? Double.NaN : samples.value(found);
                if (Double.isNaN(best) || beats.test(samples.value(i), best)) {
                    found = i;
                }
            }
        }
        if (found >= 0) {
            remarkHistograms(window, numbers, 0);
            out.set(samples.time(found) / 1000.0);
        }
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
