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
    private final List<Identity> series = new ArrayList<>();

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
        series.clear();
        var groups = new LinkedHashMap<Labels, Podium[]>();
        input.forEach(column -> {
            Podium[] podiums = groups.computeIfAbsent(grouping.of(column.labels()), _ -> new Podium[counts.length]);
            series.add(new Identity(column.labels(), column.nameless()));
            if (!enter(podiums, column, series.size() - 1)) {
                series.removeLast();
            }
        });
        if (counts.length == 1) {
            groups.values().forEach(podiums -> inOrder(podiums[0], action));
        } else {
            inSeries(groups, action);
        }
    }

    private boolean enter(Podium[] podiums, Column column, int number) {
        boolean entered = false;
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0 && column.has(step)) {
                if (column.histogram(step) != null) {
                    remarks.ignoredInRanking();
                } else {
                    podiums[step] = podiums[step] == null ? new Podium(greatest, this::compare) : podiums[step];
                    int before = podiums[step].size();
                    entered |= podiums[step].enter(column.value(step), number, counts[step]);
                    query.hold(podiums[step].size() - before);
                }
            }
        }
        return entered;
    }

    private int compare(int number, int other) {
        return series.get(number).labels.compareTo(series.get(other).labels);
    }

    /** Of an instant query, group by group from the first to the last place. */
    private void inOrder(Podium podium, Consumer<Column> action) {
        if (podium != null) {
            podium.forEach((value, number) -> {
                Column column = column(series.get(number));
                column.set(0, value);
                action.accept(column);
            });
            query.release(podium.size());
        }
    }

    private void inSeries(Map<Labels, Podium[]> groups, Consumer<Column> action) {
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
