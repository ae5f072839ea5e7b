package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Aggregator;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code topk} and {@code bottomk}: keeps of each group and step only the elements that are ahead so far. */
final class Ranking implements Columns {

    private record Identity(Labels labels, boolean nameless) {}

    private final Query query;
    private final Columns input;
    private final Grouping grouping;
    private final int[] counts;
    private final boolean greatest;
    private final AggregationRemarks remarks;

    Ranking(Evaluator evaluator, Aggregation aggregation, int[] counts) {
        this.query = evaluator.query();
        this.input = evaluator.columns(aggregation.expr());
        this.grouping = new Grouping(aggregation);
        this.counts = counts;
        this.greatest = aggregation.operator() == Aggregator.TOPK;
        this.remarks = new AggregationRemarks(aggregation, query.annotations());
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var groups = new LinkedHashMap<Labels, Podium[]>();
        var series = new ArrayList<Identity>();
        input.forEach(column -> {
            Podium[] podiums = groups.computeIfAbsent(grouping.of(column.labels()), _ -> new Podium[counts.length]);
            if (enter(podiums, column, series.size())) {
                series.add(new Identity(column.labels(), column.nameless()));
            }
        });
        if (counts.length == 1) {
            groups.values().forEach(podiums -> inOrder(podiums[0], series, action));
        } else {
            inSeries(groups, series, action);
        }
    }

    private boolean enter(Podium[] podiums, Column column, int number) {
        boolean entered = false;
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0 && column.has(step)) {
                if (column.histogram(step) != null) {
                    remarks.ignoredInRanking();
                } else {
                    podiums[step] = podiums[step] == null ? new Podium(greatest) : podiums[step];
                    int before = podiums[step].size();
                    entered |= podiums[step].enter(column.value(step), number, counts[step]);
                    query.hold(podiums[step].size() - before);
                }
            }
        }
        return entered;
    }

    /** Of an instant query, group by group from the first to the last place. */
    private void inOrder(Podium podium, List<Identity> series, Consumer<Column> action) {
        if (podium != null) {
            podium.forEach((value, number) -> {
                Column column = column(series.get(number));
                column.set(0, value);
                action.accept(column);
            });
            query.release(podium.size());
        }
    }

    private void inSeries(Map<Labels, Podium[]> groups, List<Identity> series, Consumer<Column> action) {
        var columns = new LinkedHashMap<Integer, Column>();
        for (Podium[] podiums : groups.values()) {
            for (int step = 0; step < podiums.length; step++) {
                if (podiums[step] != null) {
                    int at = step;
                    podiums[step].forEach(
                            (value, number) -> columns.computeIfAbsent(number, _ -> column(series.get(number)))
                                    .set(at, value));
                    query.release(podiums[step].size());
                }
            }
        }
        columns.values().forEach(action);
    }

    private Column column(Identity identity) {
        var column = new Column(identity.labels, counts.length);
        column.nameless(identity.nameless);
        return column;
    }
}
