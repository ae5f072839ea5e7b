package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.NumberLiteral;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.ast.Unary;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.Steps;
import java.util.Arrays;

/** Evaluates the expressions of a query over the same steps. */
final class Evaluator {

    private final Query query;
    private final Steps steps;

    Evaluator(Query query, Steps steps) {
        this.query = query;
        this.steps = steps;
    }

    Query query() {
        return query;
    }

    Steps steps() {
        return steps;
    }

    /** The series of an instant vector. */
    Columns columns(Expr expr) {
        query.check();
        if (steps.count() == 0) {
            return _ -> {};
        }
        if (steps.count() > 1 && query.trees().isInvariant(expr)) {
            return repeated(atStart().columns(expr));
        }
        return switch (expr) {
            case Selector selector -> selection(selector, InstantSelection.Part.VALUE);
            case Paren paren -> columns(paren.expr());
            case Unary unary ->
                unary.negative() ? new VectorScalar(this).negated(columns(unary.expr())) : columns(unary.expr());
            case Binary binary -> binary(binary);
            case Aggregation aggregation -> Aggregating.of(this, aggregation);
            case Call call -> new Calling(this, call).columns();
            case NumberLiteral _, StringLiteral _, RangeSelector _, Subquery _ ->
                throw new IllegalStateException(expr.type().documented() + " where an instant vector is expected");
        };
    }

    /** The value of a scalar at each step. */
    double[] scalar(Expr expr) {
        query.check();
        if (steps.count() > 1 && query.trees().isInvariant(expr)) {
            var same = new double[steps.count()];
            Arrays.fill(same, atStart().scalar(expr)[0]);
            return same;
        }
        return switch (expr) {
            case NumberLiteral number -> {
                var same = new double[steps.count()];
                Arrays.fill(same, number.value());
                yield same;
            }
            case Paren paren -> scalar(paren.expr());
            case Unary unary -> {
                double[] values = scalar(unary.expr());
                yield unary.negative()
                        ? Arrays.stream(values).map(value -> -value).toArray()
                        : values;
            }
            case Binary binary -> {
                double[] left = scalar(binary.left());
                double[] right = scalar(binary.right());
                var values = new double[left.length];
                Arrays.setAll(values, step -> Arithmetic.scalar(binary.operator(), left[step], right[step]));
                yield values;
            }
            case Call call -> new Calling(this, call).scalar();
            case Selector _, RangeSelector _, Subquery _, Aggregation _, StringLiteral _ ->
                throw new IllegalStateException(expr.type().documented() + " where a scalar is expected");
        };
    }

    /** The samples of a range vector. */
    Ranges ranges(Expr expr) {
        return switch (Trees.unwrap(expr)) {
            case RangeSelector range -> new SelectedRanges(this, range);
            case Subquery subquery -> new SubqueryRanges(this, subquery);
            default -> throw new IllegalStateException(expr.type().documented() + " where a range vector is expected");
        };
    }

    Columns selection(Selector selector, InstantSelection.Part part) {
        Reach reach = Reach.of(selector.shift(), query);
        var hints = query.surroundings().of(selector, steps.interval(), 0);
        if (selector.extension() == Selector.Extension.SMOOTHED) {
            return new SmoothedSelection(this, selector, reach, hints);
        }
        var selection = new InstantSelection(query, steps, selector.matchers(), reach, hints, part);
        return query.surroundings().wantsTotals(selector) ? selection.searchingResets() : selection;
    }

    /** A scalar as a vector of one element without labels. */
    static Columns single(double[] values) {
        return action -> {
            var column = new Column(Labels.EMPTY, values.length);
            for (int step = 0; step < values.length; step++) {
                column.set(step, values[step]);
            }
            action.accept(column);
        };
    }

    private Columns binary(Binary binary) {
        boolean left = binary.left().type() == ValueType.SCALAR;
        boolean right = binary.right().type() == ValueType.SCALAR;
        if (left || right) {
            return new VectorScalar(this).combined(binary);
        }
        return switch (binary.operator().kind()) {
            case SET -> new SetOperation(this, binary);
            case ARITHMETIC, COMPARISON, TRIM -> new Join(this, binary);
        };
    }

    private Evaluator atStart() {
        return new Evaluator(query, Steps.at(steps.start()));
    }

    private Columns repeated(Columns once) {
        return action -> once.forEach(first -> {
            if (first.has(0)) {
                var column = new Column(first.labels(), steps.count());
                column.nameless(first.nameless());
                for (int step = 0; step < column.steps(); step++) {
                    if (first.histogram(0) == null) {
                        column.set(step, first.value(0));
                    } else {
                        column.set(step, first.histogram(0));
                    }
                }
                action.accept(column);
            }
        });
    }
}
