package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;

/** Operators between a vector and a scalar, and the sign before a vector. */
final class VectorScalar {

    private final Evaluator evaluator;
    private final Query query;

    VectorScalar(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.query = evaluator.query();
    }

    Columns negated(Columns input) {
        return query.distinct(action -> input.forEach(column -> {
            for (int step = 0; step < column.steps(); step++) {
                if (column.histogram(step) != null) {
                    column.set(step, column.histogram(step).times(-1));
                } else if (column.has(step)) {
                    column.set(step, -column.value(step));
                }
            }
            query.labelling().unname(column);
            action.accept(column);
        }));
    }

    Columns combined(Binary binary) {
        boolean swapped = binary.left().type() == ValueType.SCALAR;
        double[] scalars = evaluator.scalar(swapped ? binary.left() : binary.right());
        Columns vector = evaluator.columns(swapped ? binary.right() : binary.left());
        boolean renames = binary.bool() || binary.operator().kind() == BinaryOperator.Kind.ARITHMETIC;
        Columns combined = action -> {
            var operation = new Operation(binary, query);
            vector.forEach(column -> {
                if (combine(operation, column, scalars, swapped)) {
                    if (renames) {
                        query.labelling().unname(column);
                    }
                    action.accept(column);
                }
            });
        };
        return renames ? query.distinct(combined) : combined;
    }

    private static boolean combine(Operation operation, Column column, double[] scalars, boolean swapped) {
        boolean any = false;
        for (int step = 0; step < scalars.length; step++) {
            if (column.has(step)) {
                boolean done = swapped
                        ? operation.apply(scalars[step], null, column.value(step), column.histogram(step))
                        : operation.apply(column.value(step), column.histogram(step), scalars[step], null);
                if (!done || !operation.isKept()) {
                    column.remove(step);
                } else {
                    any = true;
                    // A comparison that filters keeps the vector's element, on whichever side it stands.
                    if (!swapped || !operation.filters()) {
                        operation.put(column, step);
                    }
                }
            }
        }
        return any;
    }
}
