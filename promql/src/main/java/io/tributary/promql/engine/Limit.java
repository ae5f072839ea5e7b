package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.HashMap;
import java.util.function.Consumer;

/** {@code limitk}: of each group and step the elements that come first. */
final class Limit implements Columns {

    private final Columns input;
    private final Grouping grouping;
    private final int[] counts;

    Limit(Evaluator evaluator, Aggregation aggregation, int[] counts) {
        this.input = evaluator.columns(aggregation.expr());
        this.grouping = new Grouping(aggregation);
        this.counts = counts;
    }

    @Override
    public boolean inPieces() {
        return input.inPieces();
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var groups = new HashMap<Labels, int[]>();
        input.forEach(column -> {
            int[] taken = groups.computeIfAbsent(grouping.of(column.labels()), _ -> new int[counts.length]);
            for (int step = 0; step < counts.length; step++) {
                if (column.has(step)) {
                    if (taken[step] < counts[step]) {
                        taken[step]++;
                    } else {
                        column.remove(step);
                    }
                }
            }
            if (!column.isEmpty()) {
                action.accept(column);
            }
        });
    }
}
