package io.tributary.promql.engine;

import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.function.Functions;
import io.tributary.promql.function.InstantFunction;
import io.tributary.promql.function.Outcome;
import io.tributary.promql.function.RangeFunction;
import io.tributary.promql.function.Scope;
import io.tributary.promql.function.VectorCall;
import io.tributary.promql.function.VectorFunction;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A call of a function, over all steps. */
final class Calling {

    private static final Set<Function> RELABELLING = EnumSet.of(Function.LABEL_REPLACE, Function.LABEL_JOIN);

    private final Evaluator evaluator;
    private final Query query;
    private final Call call;

    Calling(Evaluator evaluator, Call call) {
        this.evaluator = evaluator;
        this.query = evaluator.query();
        this.call = call;
    }

    Columns columns() {
        if (call.function() == Function.TIMESTAMP || call.function() == Function.START_TIMESTAMP) {
            if (Trees.unwrap(call.arguments().getFirst()) instanceof Selector selector) {
                return timestamps(selector);
            }
        }
        return switch (Functions.of(call.function())) {
            case RangeFunction function -> {
                int argument = argument(ValueType.MATRIX);
                var ranges = evaluator.ranges(call.arguments().get(argument));
                var columns = new RangeCall(evaluator, call, ranges, argument, function, scalars());
                yield function.keepsName() || ranges.isOfOneName() ? columns : query.distinct(columns);
            }
            case InstantFunction function -> elements(function);
            case VectorFunction function -> {
                Columns vectors = vectors(function);
                yield RELABELLING.contains(call.function()) ? query.relabelled(vectors) : query.distinct(vectors);
            }
        };
    }

    private Columns vectors(VectorFunction function) {
        return action -> {
            var vectors = new Vectors();
            function.evaluate(vectors, action);
            query.release(vectors.kept);
        };
    }

    /** The value of a call that returns a scalar at each step. */
    double[] scalar() {
        var values = new double[evaluator.steps().count()];
        Arrays.fill(values, Double.NaN);
        columns().forEach(column -> {
            for (int step = 0; step < values.length; step++) {
                if (column.has(step)) {
                    values[step] = column.value(step);
                }
            }
        });
        return values;
    }

    private Columns elements(InstantFunction function) {
        Columns input = call.arguments().isEmpty()
                ? Evaluator.single(seconds())
                : evaluator.columns(call.arguments().get(argument(ValueType.VECTOR)));
        double[][] scalars = scalars();
        return query.distinct(action -> {
            var scope = new Scope(call, query.features(), query.annotations(), evaluator.steps(), scalars);
            var out = new Outcome();
            input.forEach(column -> {
                scope.enter(column.labels());
                boolean any = false;
                for (int step = 0; step < column.steps(); step++) {
                    if (column.has(step)) {
                        scope.step(step);
                        function.evaluate(column.value(step), column.histogram(step), scope, out);
                        any |= out.isPresent();
                        column.remove(step);
                        out.moveTo(column, step);
                    }
                }
                if (any) {
                    query.labelling().unname(column);
                    action.accept(column);
                }
            });
        });
    }

    /** The times of samples are known only where they are selected. */
    private Columns timestamps(Selector selector) {
        var part = call.function() == Function.TIMESTAMP ? InstantSelection.Part.TIME : InstantSelection.Part.START;
        Columns times = evaluator.selection(selector, part);
        return query.distinct(action -> times.forEach(column -> {
            for (int step = 0; step < column.steps(); step++) {
                if (column.has(step)) {
                    column.set(step, column.value(step) / 1000);
                }
            }
            query.labelling().unname(column);
            action.accept(column);
        }));
    }

    private double[] seconds() {
        var seconds = new double[evaluator.steps().count()];
        Arrays.setAll(seconds, step -> evaluator.steps().time(step) / 1000.0);
        return seconds;
    }

    private double[][] scalars() {
        return call.arguments().stream()
                .map(argument -> argument.type() == ValueType.SCALAR ? evaluator.scalar(argument) : null)
                .toArray(double[][]::new);
    }

    private int argument(ValueType type) {
        for (int i = 0; i < call.arguments().size(); i++) {
            if (call.arguments().get(i).type() == type) {
                return i;
            }
        }
        throw new IllegalStateException(call.function().symbol() + " without an argument of type " + type.documented());
    }

    /** Gives a function of whole vectors its arguments. */
    private final class Vectors extends VectorCall {

        private final List<Column> kept = new ArrayList<>();

        Vectors() {
            super(call, query.features(), query.annotations(), evaluator.steps(), query.steps());
        }

        @Override
        public Columns columns(int argument) {
            Expr expr = call.arguments().get(argument);
            if (expr.type() != ValueType.MATRIX) {
                return evaluator.columns(expr);
            }
            RangeFunction count = (window, out) -> out.set(window.size());
            return new RangeCall(evaluator, call, evaluator.ranges(expr), argument, count, new double[0][]);
        }

        @Override
        public List<Column> kept(int argument) {
            var columns = query.keep(columns(argument));
            kept.addAll(columns);
            return columns;
        }

        @Override
        public Column unnamed(Column column) {
            query.labelling().unname(column);
            return column;
        }

        @Override
        public double[] scalar(int argument) {
            return evaluator.scalar(call.arguments().get(argument));
        }

        @Override
        public Columns sampleTimes(List<Matcher> matchers, Expr like) {
            var hints = new SelectHints(
                    evaluator.steps().interval(), 0, call.function().symbol(), List.of(), false);
            var reach = Reach.ofFirst(like, query).orElse(Reach.NONE);
            return new InstantSelection(
                    query, evaluator.steps(), matchers, reach, hints, InstantSelection.Part.TIME_OF_NUMBER);
        }
    }
}
