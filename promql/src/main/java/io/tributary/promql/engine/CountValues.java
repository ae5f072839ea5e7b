package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.NumberText;
import io.tributary.promql.value.QueryException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** {@code count_values}: a series for each value that a group has, counting how many elements have it. */
final class CountValues implements Columns {

    private final Query query;
    private final Columns input;
    private final Grouping grouping;
    private final String label;
    private final boolean dropped;
    private final int steps;

    CountValues(Evaluator evaluator, Aggregation aggregation, String label) {
        if (label.isEmpty() || label.indexOf('\uFFFD') >= 0) {
            throw new QueryException("invalid label name " + LabelText.quote(label));
        }
        this.query = evaluator.query();
        this.input = evaluator.columns(aggregation.expr());
        this.grouping = new Grouping(aggregation);
        this.label = label;
        this.dropped = aggregation.without() && aggregation.grouping().contains(label);
        this.steps = evaluator.steps().count();
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var groups = new LinkedHashMap<Labels, Map<String, int[]>>();
        input.forEach(column -> {
            var counts = groups.computeIfAbsent(grouping.of(column.labels()), _ -> new LinkedHashMap<>());
            for (int step = 0; step < steps; step++) {
                if (column.has(step)) {
                    counts.computeIfAbsent(text(column, step), _ -> {
                        query.hold(steps);
                        return new int[steps];
                    })[step]++;
                }
            }
        });
        var results = new HashMap<Labels, Column>();
        groups.forEach((labels, counts) -> counts.forEach((value, ofValue) -> {
            // The label that is set may be one by which groups were told apart.
            Labels all = dropped ? labels : labels.with(label, value);
            Column result = results.computeIfAbsent(all, _ -> new Column(all, steps));
            for (int step = 0; step < steps; step++) {
                if (ofValue[step] > 0) {
                    result.set(step, ofValue[step] + (result.has(step) ? result.value(step) : 0));
                }
            }
            query.release(steps);
        }));
        results.values().forEach(action);
    }

    private static String text(Column column, int step) {
        return column.histogram(step) == null
                ? NumberText.plain(column.value(step))
                : column.histogram(step).toString();
    }
}
