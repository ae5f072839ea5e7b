package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** {@code and}, {@code or} and {@code unless}: keeps elements by whether the other side has any of the same labels. */
final class SetOperation implements Columns {

    private final BinaryOperator operator;
    private final Signature signature;
    private final Columns left;
    private final Columns right;

    SetOperation(Evaluator evaluator, Binary binary) {
        this.operator = binary.operator();
        this.signature = new Signature(binary.matching());
        this.left = evaluator.columns(binary.left());
        this.right = evaluator.columns(binary.right());
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var present = new HashMap<Labels, BitSet>();
        if (operator == BinaryOperator.OR) {
            left.forEach(column -> {
                note(present, column);
                action.accept(column);
            });
            right.forEach(column -> keep(column, present, false, action));
        } else {
            right.forEach(column -> note(present, column));
            left.forEach(column -> keep(column, present, operator == BinaryOperator.AND, action));
        }
    }

    @Override
    public boolean inPieces() {
        return operator == BinaryOperator.OR || left.inPieces();
    }

    private void note(Map<Labels, BitSet> present, Column column) {
        BitSet steps = Distinct.steps(column);
        present.merge(signature.of(column.labels()), steps, (some, more) -> {
            some.or(more);
            return some;
        });
    }

    private void keep(Column column, Map<Labels, BitSet> present, boolean there, Consumer<Column> action) {
        BitSet others = present.get(signature.of(column.labels()));
        if (others == null) {
            if (!there) {
                action.accept(column);
            }
            return;
        }
        for (int step = 0; step < column.steps(); step++) {
            if (others.get(step) != there) {
                column.remove(step);
            }
        }
        if (!column.isEmpty()) {
            action.accept(column);
        }
    }
}
