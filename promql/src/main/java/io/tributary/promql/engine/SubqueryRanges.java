package io.tributary.promql.engine;

import io.tributary.promql.ast.Subquery;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.Steps;

/** The range vector of a subquery: an expression at steps that are multiples of its step, whatever the query's are. */
final class SubqueryRanges implements Ranges {

    private final Query query;
    private final Subquery subquery;
    private final Steps steps;
    private final long length;
    private final Reach reach;

    SubqueryRanges(Evaluator evaluator, Subquery subquery) {
        this.query = evaluator.query();
        this.subquery = subquery;
        this.length = query.lengths().range(subquery.range());
        this.reach = Reach.of(subquery.shift(), query);
        this.steps = aligned(evaluator.steps());
    }

    private Steps aligned(Steps outer) {
        long interval = subquery.step()
                .map(query.lengths()::range)
                .orElseGet(() -> query.options().subqueryStep().toMillis());
        if (outer.count() == 0) {
            return new Steps(0, -1, interval);
        }
        long open = reach.from(outer.time(0)) - length;
        long start = (Math.floorDiv(open, interval) + 1) * interval;
        return new Steps(start, reach.from(outer.time(outer.count() - 1)), interval);
    }

    @Override
    public void forEach(Action action) {
        Columns columns = query.whole(new Evaluator(query, steps).columns(subquery.expr()));
        var samples = new Samples();
        columns.forEach(column -> {
            samples.clear();
            for (int step = 0; step < column.steps(); step++) {
                if (column.has(step)) {
                    add(samples, column, step);
                }
            }
            query.hold(samples.size());
            action.accept(column, samples);
            query.release(samples.size());
        });
    }

    private void add(Samples samples, Column column, int step) {
        if (column.histogram(step) == null) {
            samples.add(steps.time(step), column.value(step));
        } else {
            samples.add(steps.time(step), withoutSequence(column.histogram(step)));
        }
    }

    /** What a histogram says of the one before it does not hold for the one before it here. */
    private static NativeHistogram withoutSequence(NativeHistogram histogram) {
        return histogram.hint() == ResetHint.GAUGE ? histogram : histogram.withHint(ResetHint.UNKNOWN);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Reach reach() {
        return reach;
    }
}
