package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Sees to it that no two columns of the same labels have something at the same step. */
final class Distinct {

    static final String DUPLICATE = "vector cannot contain metrics with the same labelset";

    private final Map<Labels, BitSet> taken = new HashMap<>();

    /** @throws QueryException if an earlier column with these labels has something at a step at which this one has */
    void add(Column column) {
        BitSet before = taken.putIfAbsent(column.labels(), steps(column));
        if (before != null) {
            add(before, column);
        }
    }

    private static void add(BitSet before, Column column) {
        for (int step = 0; step < column.steps(); step++) {
            if (column.has(step)) {
                if (before.get(step)) {
                    throw new QueryException(DUPLICATE);
                }
                before.set(step);
            }
        }
    }

    /** The steps at which there is something. */
    static BitSet steps(Column column) {
        var steps = new BitSet(column.steps());
        for (int step = 0; step < column.steps(); step++) {
            if (column.has(step)) {
                steps.set(step);
            }
        }
        return steps;
    }
}
