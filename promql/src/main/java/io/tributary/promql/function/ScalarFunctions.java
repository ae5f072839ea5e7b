package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.DoubleBinaryOperator;

/** Functions that make scalars, or vectors of them. */
final class ScalarFunctions {

    private final BiConsumer<Function, FunctionBody> register;

    private ScalarFunctions(BiConsumer<Function, FunctionBody> register) {
        this.register = register;
    }

    static void register(BiConsumer<Function, FunctionBody> register) {
        new ScalarFunctions(register).all();
    }

    private void all() {
        register.accept(TIME, (VectorFunction) (call, out) -> {
            var column = new Column(Labels.EMPTY, call.steps().count());
            for (int step = 0; step < column.steps(); step++) {
                column.set(step, call.steps().time(step) / 1000.0);
            }
            out.accept(column);
        });
        register.accept(PI, (VectorFunction) (call, out) -> out.accept(constant(call, Math.PI)));
        register.accept(VECTOR, (VectorFunction) (call, out) -> out.accept(column(call.scalar(0))));
        register.accept(SCALAR, (VectorFunction) (call, out) -> out.accept(column(only(call))));
        register.accept(START, (VectorFunction)
                (call, out) -> out.accept(constant(call, seconds(call.query().start()))));
        register.accept(END, (VectorFunction)
                (call, out) -> out.accept(constant(call, seconds(call.query().end()))));
        register.accept(STEP, (VectorFunction)
                (call, out) -> out.accept(constant(call, seconds(call.query().interval()))));
        register.accept(RANGE, (VectorFunction) (call, out) -> out.accept(
                constant(call, seconds(call.query().end() - call.query().start()))));
        larger(MAX_OF, Math::max, Double.POSITIVE_INFINITY);
        larger(MIN_OF, Math::min, Double.NEGATIVE_INFINITY);
    }

    /** As Go has it: an infinity that nothing can exceed wins even over NaN. */
    private void larger(Function function, DoubleBinaryOperator operator, double winner) {
        register.accept(function, (VectorFunction) (call, out) -> {
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

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    /** At each step the number of the only element that has one; NaN if none or several have. */
    private static double[] only(VectorCall call) {
        var values = new double[call.steps().count()];
        var found = new int[values.length];
        call.columns(0).forEach(column -> {
            for (int step = 0; step < values.length; step++) {
                if (column.has(step) && column.histogram(step) == null) {
                    values[step] = column.value(step);
                    found[step]++;
                }
            }
        });
        for (int step = 0; step < values.length; step++) {
            if (found[step] != 1) {
                values[step] = Double.NaN;
            }
        }
        return values;
    }
}
