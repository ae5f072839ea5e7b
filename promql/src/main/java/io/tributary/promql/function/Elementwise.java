package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.histogram.NativeHistogram;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Functions of one number or one histogram at a time: arithmetic, trigonometry, the calendar, parts of histograms. */
final class Elementwise {

    private final BiConsumer<Function, FunctionBody> register;

    private Elementwise(BiConsumer<Function, FunctionBody> register) {
        this.register = register;
    }

    static void register(BiConsumer<Function, FunctionBody> register) {
        var all = new Elementwise(register);
        all.arithmetic();
        all.trigonometry();
        all.calendar();
        all.timestamps();
        all.histograms();
    }

    private void arithmetic() {
        number(ABS, Math::abs);
        number(CEIL, Math::ceil);
        number(FLOOR, Math::floor);
        number(EXP, Math::exp);
        number(SQRT, Math::sqrt);
        number(LN, Math::log);
        number(LOG10, Math::log10);
        number(LOG2, Elementwise::log2);
        number(SGN, Math::signum);
        clamp(CLAMP, 1, 2);
        clamp(CLAMP_MIN, 1, -1);
        clamp(CLAMP_MAX, -1, 1);
        instant(ROUND, (value, histogram, scope, out) -> {
            if (histogram == null) {
                // Multiplying by the inverse loses less than dividing twice.
                double inverse = 1 / (scope.arguments() > 1 ? scope.scalar(1) : 1);
                out.set(Math.floor(value * inverse + 0.5) / inverse);
            }
        });
    }

    private void clamp(Function function, int min, int max) {
        instant(function, (value, histogram, scope, out) -> {
            double lowest = min < 0 ? Double.NEGATIVE_INFINITY : scope.scalar(min);
            double highest = max < 0 ? Double.POSITIVE_INFINITY : scope.scalar(max);
            if (histogram == null && !(highest < lowest)) {
                out.set(Math.max(lowest, Math.min(highest, value)));
            }
        });
    }

    private static double log2(double value) {
        if (value > 0 && value >= Double.MIN_NORMAL && value < Double.POSITIVE_INFINITY) {
            int exponent = Math.getExponent(value);
            return exponent + Math.log(Math.scalb(value, -exponent)) / Math.log(2);
        }
        return Math.log(value) / Math.log(2);
    }

    private void trigonometry() {
        number(SIN, Math::sin);
        number(COS, Math::cos);
        number(TAN, Math::tan);
        number(ASIN, Math::asin);
        number(ACOS, Math::acos);
        number(ATAN, Math::atan);
        number(SINH, Math::sinh);
        number(COSH, Math::cosh);
        number(TANH, Math::tanh);
        number(ASINH, x -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x));
        number(ACOSH, x -> Math.log(x + Math.sqrt(x * x - 1)));
        number(ATANH, x -> (Math.log1p(x) - Math.log1p(-x)) / 2);
        number(RAD, x -> x * Math.PI / 180);
        number(DEG, x -> x * 180 / Math.PI);
    }

    private void calendar() {
        time(YEAR, LocalDateTime::getYear);
        time(MONTH, LocalDateTime::getMonthValue);
        time(DAY_OF_MONTH, LocalDateTime::getDayOfMonth);
        time(DAY_OF_YEAR, LocalDateTime::getDayOfYear);
        time(
                DAY_OF_WEEK,
                t -> t.getDayOfWeek() == DayOfWeek.SUNDAY ? 0 : t.getDayOfWeek().getValue());
        time(DAYS_IN_MONTH, t -> t.toLocalDate().lengthOfMonth());
        time(HOUR, LocalDateTime::getHour);
        time(MINUTE, LocalDateTime::getMinute);
    }

    /** Of elements that are computed, which have no other time than that of evaluation, and no start. */
    private void timestamps() {
        instant(TIMESTAMP, (value, histogram, scope, out) -> out.set(scope.time() / 1000.0));
        instant(START_TIMESTAMP, (value, histogram, scope, out) -> {});
    }

    private void time(Function function, ToDoubleFunction<LocalDateTime> part) {
        number(function, seconds -> {
            // Years beyond those of the calendar have no month: the nearest that has one stands for them.
            long within =
                    Math.clamp((long) seconds, Instant.MIN.getEpochSecond() + 86_400, Instant.MAX.getEpochSecond());
            return part.applyAsDouble(LocalDateTime.ofEpochSecond(within, 0, ZoneOffset.UTC));
        });
    }

    private void histograms() {
        histogram(HISTOGRAM_COUNT, NativeHistogram::count);
        histogram(HISTOGRAM_SUM, NativeHistogram::sum);
        histogram(HISTOGRAM_AVG, h -> h.sum() / h.count());
        histogram(HISTOGRAM_STDVAR, NativeHistogram::variance);
        histogram(HISTOGRAM_STDDEV, h -> Math.sqrt(h.variance()));
    }

    private void number(Function function, DoubleUnaryOperator operator) {
        instant(function, (value, histogram, scope, out) -> {
            if (histogram == null) {
                out.set(operator.applyAsDouble(value));
            }
        });
    }

    private void histogram(Function function, ToDoubleFunction<NativeHistogram> part) {
        instant(function, (value, histogram, scope, out) -> {
            if (histogram != null) {
                out.set(part.applyAsDouble(histogram));
            }
        });
    }

    private void instant(Function function, InstantFunction body) {
        register.accept(function, body);
    }
}
