package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An aggregation that makes one series of each group; series are added as they come and not kept. */
final class Grouped implements Columns {

    private static final class Group {

        private final Accumulator accumulator;
        private boolean nameless;

        Group(Accumulator accumulator) {
            this.accumulator = accumulator;
        }
    }

    private final Query query;
    private final Columns input;
    private final Grouping grouping;
    private final int steps;
    private final Supplier<Accumulator> accumulators;

    Grouped(Evaluator evaluator, Aggregation aggregation, Supplier<Accumulator> accumulators) {
        this.query = evaluator.query();
        this.input = evaluator.columns(aggregation.expr());
        this.grouping = new Grouping(aggregation);
        this.steps = evaluator.steps().count();
        this.accumulators = accumulators;
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var groups = new LinkedHashMap<Labels, Group>();
        input.forEach(column -> {
            Group group = groups.computeIfAbsent(grouping.of(column.labels()), _ -> {
                query.hold(steps);
                return new Group(accumulators.get());
            });
            group.nameless |= column.nameless();
            group.accumulator.add(column);
        });
        var out = new Column(Labels.EMPTY, steps);
        groups.forEach((labels, group) -> {
            query.check();
            out.reset(labels);
            out.nameless(group.nameless);
            group.accumulator.result(out);
            if (!out.isEmpty()) {
                action.accept(out);
            }
            query.release(steps);
        });
    }
}
