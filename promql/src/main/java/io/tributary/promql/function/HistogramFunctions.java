package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.NumberText;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** {@code histogram_quantile}, {@code histogram_quantiles} and {@code histogram_fraction}. */
final class HistogramFunctions {

    private static final String NAN = "input to histogram_quantile has NaN observations, result is ";

    private HistogramFunctions() {}

    static void register(BiConsumer<Function, FunctionBody> register) {
        register.accept(HISTOGRAM_QUANTILE, (VectorFunction) HistogramFunctions::quantile);
        register.accept(HISTOGRAM_QUANTILES, (VectorFunction) HistogramFunctions::quantiles);
        register.accept(HISTOGRAM_FRACTION, (VectorFunction) HistogramFunctions::fraction);
    }

    private static void quantile(VectorCall call, Consumer<Column> out) {
        double[] qs = checked(call, 0);
        new HistogramInput(call, 1).forEach((series, histograms) -> {
            fill(call, 1, qs, series, histograms);
            out.accept(call.unnamed(series));
        });
    }

    private static void quantiles(VectorCall call, Consumer<Column> out) {
        String label = call.text(1);
        var qs = new double[call.arguments() - 2][];
        for (int i = 0; i < qs.length; i++) {
            qs[i] = checked(call, i + 2);
        }
        new HistogramInput(call, 0).forEach((series, histograms) -> {
            for (double[] each : qs) {
                // A quantile that changes from step to step is several series.
                var column = series.copy();
                fill(call, 0, each, column, histograms);
                split(call, label, each, column, out);
            }
        });
    }

    private static void split(VectorCall call, String label, double[] qs, Column column, Consumer<Column> out) {
        boolean[] done = new boolean[qs.length];
        for (int first = 0; first < qs.length; first++) {
            if (!done[first]) {
                var part = new Column(column.labels().with(label, openMetrics(qs[first])), qs.length);
                part.nameless(column.nameless());
                for (int step = first; step < qs.length; step++) {
                    if (Double.compare(qs[step], qs[first]) == 0) {
                        done[step] = true;
                        part.set(step, column);
                    }
                }
                out.accept(call.unnamed(part));
            }
        }
    }

    /** As OpenMetrics writes numbers: never without a point or an exponent. */
    private static String openMetrics(double value) {
        String text = NumberText.general(value);
        boolean whole = Double.isFinite(value) && text.indexOf('.') < 0 && text.indexOf('e') < 0;
        return whole ? text + ".0" : text;
    }

    private static double[] checked(VectorCall call, int argument) {
        double[] qs = call.scalar(argument);
        for (double q : qs) {
            if (!(q >= 0 && q <= 1)) {
                call.warn("quantile value should be between 0 and 1, got " + NumberText.general(q), argument);
            }
        }
        return qs;
    }

    private static void fill(
            VectorCall call, int argument, double[] qs, Column series, HistogramInput.Histograms histograms) {
        for (int step = 0; step < qs.length; step++) {
            var natural = histograms.natural(step);
            if (natural != null) {
                double quantile = natural.quantile(qs[step]);
                if (natural.hasNaN() && qs[step] >= 0 && qs[step] <= 1) {
                    String result = Double.isNaN(quantile) ? "NaN" : "skewed higher";
                    call.inform(NAN + result + HistogramInput.nameSuffix(series), argument);
                }
                series.set(step, quantile);
                continue;
            }
            var classic = histograms.classic(step);
            if (!classic.isEmpty()) {
                series.set(step, classic.quantile(qs[step]));
                if (classic.wasRepaired()) {
                    call.inform(
                            "input to histogram_quantile needed to be fixed for monotonicity (see"
                                    + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
                                    + HistogramInput.nameSuffix(series),
                            argument);
                }
            }
        }
    }

    private static void fraction(VectorCall call, Consumer<Column> out) {
        double[] lower = call.scalar(0);
        double[] upper = call.scalar(1);
        new HistogramInput(call, 2).forEach((series, histograms) -> {
            for (int step = 0; step < lower.length; step++) {
                var natural = histograms.natural(step);
                if (natural != null) {
                    if (natural.hasNaN()) {
                        call.inform(
                                "input to histogram_fraction has NaN observations, which are excluded from all"
                                        + " fractions" + HistogramInput.nameSuffix(series),
                                2);
                    }
                    series.set(step, natural.fraction(lower[step], upper[step]));
                    continue;
                }
                var classic = histograms.classic(step);
                if (!classic.isEmpty()) {
                    series.set(step, classic.fraction(lower[step], upper[step]));
                }
            }
            out.accept(call.unnamed(series));
        });
    }
}
