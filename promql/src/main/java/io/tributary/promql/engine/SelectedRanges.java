package io.tributary.promql.engine;

import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.Series;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Steps;

/** The range vector of a range selector. */
final class SelectedRanges implements Ranges {

    private final Query query;
    private final Steps steps;
    private final Selector selector;
    private final long length;
    private final Reach reach;

    SelectedRanges(Evaluator evaluator, RangeSelector range) {
        this.query = evaluator.query();
        this.steps = evaluator.steps();
        this.selector = range.selector();
        this.length = query.lengths().range(range.range());
        this.reach = Reach.of(selector.shift(), query);
    }

    @Override
    public void forEach(Action action) {
        if (steps.count() == 0) {
            return;
        }
        long lookback = query.options().lookback().toMillis();
        long before = extension() == Selector.Extension.NONE ? 0 : lookback;
        long after = extension() == Selector.Extension.SMOOTHED ? lookback : 0;
        long from = reach.from(steps.time(0)) - length - before + 1;
        long to = reach.from(steps.time(steps.count() - 1)) + after;
        var hints = query.surroundings().of(selector, steps.interval(), length);
        boolean totals = query.surroundings().wantsTotals(selector);
        var samples = new Samples();
        var identity = new Column(Labels.EMPTY, 0);
        for (Series series : query.storage().select(selector.matchers(), from, to, hints)) {
            query.check();
            samples.clear();
            series.read(from, to, samples);
            samples.removeStale();
            if (totals) {
                ResetSearch.run(samples);
            }
            query.hold(samples.size());
            action.accept(identity.reset(series.labels()), samples);
            query.release(samples.size());
        }
    }

    @Override
    public boolean isOfOneName() {
        return !selector.name().isEmpty();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Reach reach() {
        return reach;
    }

    @Override
    public Selector.Extension extension() {
        return selector.extension();
    }
}
