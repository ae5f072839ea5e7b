package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Turns columns into the value of a query; names that were to go at the end go here. */
final class Results {

    private final Query query;
    private final Steps steps;

    Results(Query query, Steps steps) {
        this.query = query;
        this.steps = steps;
    }

    /** Of an instant query, in the order of the columns. */
    Value.Vector vector(Columns columns) {
        var samples = new ArrayList<Value.Sample>();
        var seen = new HashSet<Labels>();
        columns.forEach(column -> {
            if (column.has(0)) {
                Labels labels = labels(column);
                if (!seen.add(labels)) {
                    throw new QueryException(Distinct.DUPLICATE);
                }
                query.hold(1);
                samples.add(new Value.Sample(labels, steps.start(), column.value(0), column.histogram(0)));
            }
        });
        return new Value.Vector(samples);
    }

    /** Of a range query, sorted by labels. */
    Value.Matrix matrix(Columns columns) {
        var rows = new ArrayList<Value.Row>();
        var places = new HashMap<Labels, Integer>();
        columns.forEach(column -> {
            var points = new ColumnPoints(column, steps);
            if (!points.isEmpty()) {
                query.hold(points.size());
                Labels labels = labels(column);
                Integer place = places.putIfAbsent(labels, rows.size());
                if (place == null) {
                    rows.add(new Value.Row(labels, points));
                } else {
                    rows.set(place, new Value.Row(labels, merge(rows.get(place).points(), points)));
                }
            }
        });
        rows.sort(Comparator.comparing(Value.Row::labels));
        return new Value.Matrix(rows);
    }

    /** Of an instant query of a range vector: the samples in the range, sorted by labels. */
    Value.Matrix ranges(Ranges ranges) {
        long end = ranges.reach().from(steps.start());
        var rows = new ArrayList<Value.Row>();
        ranges.forEach((series, samples) -> {
            var points = new ArrayList<Value.Point>();
            for (int i = 0; i < samples.size(); i++) {
                if (samples.time(i) > end - ranges.length() && samples.time(i) <= end) {
                    points.add(new Value.Point(samples.time(i), samples.value(i), samples.histogram(i)));
                }
            }
            if (!points.isEmpty()) {
                query.hold(points.size());
                rows.add(new Value.Row(labels(series), points));
            }
        });
        rows.sort(Comparator.comparing(Value.Row::labels));
        return new Value.Matrix(rows);
    }

    private static Labels labels(Column column) {
        return column.nameless() ? Labelling.nameless(column.labels()) : column.labels();
    }

    private static List<Value.Point> merge(List<Value.Point> some, List<Value.Point> others) {
        var merged = new ArrayList<Value.Point>(some);
        merged.addAll(others);
        merged.sort(Comparator.comparingLong(Value.Point::time));
        for (int i = 1; i < merged.size(); i++) {
            if (merged.get(i - 1).time() == merged.get(i).time()) {
                throw new QueryException(Distinct.DUPLICATE);
            }
        }
        return merged;
    }
}
