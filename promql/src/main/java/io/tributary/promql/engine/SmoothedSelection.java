package io.tributary.promql.engine;

import io.tributary.promql.ast.Selector;
import io.tributary.promql.histogram.Interpolation;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.Steps;
import java.util.function.Consumer;

/**
 * A {@code smoothed} instant selector: of each series, at each step, the value on the line between the samples before
 * and after it, each no farther than the look-back; after the last sample, its value.
 */
final class SmoothedSelection implements Columns {

    private final Query query;
    private final Steps steps;
    private final Selector selector;
    private final Reach reach;
    private final SelectHints hints;
    private final long lookback;

    SmoothedSelection(Evaluator evaluator, Selector selector, Reach reach, SelectHints hints) {
        this.query = evaluator.query();
        this.steps = evaluator.steps();
        this.selector = selector;
        this.reach = reach;
        this.hints = hints;
        this.lookback = query.options().lookback().toMillis();
    }

    @Override
    public void forEach(Consumer<Column> action) {
        int count = steps.count();
        long from = reach.from(steps.time(0)) - lookback + 1;
        long to = reach.from(steps.time(count - 1)) + lookback;
        var samples = new Samples();
        for (Series series : query.storage().select(selector.matchers(), from, to, hints)) {
            query.check();
            samples.clear();
            series.read(from, to, samples);
            samples.removeStale();
            query.hold(samples.size());
            var column = new Column(series.labels(), count);
            fill(column, samples);
            if (!column.isEmpty()) {
                action.accept(column);
            }
            query.release(samples.size());
        }
    }

    private void fill(Column column, Samples samples) {
        int next = 0;
        for (int step = 0; step < column.steps(); step++) {
            long time = reach.from(steps.time(step));
            while (next < samples.size() && samples.time(next) <= time) {
                next++;
            }
            int before = next - 1;
            if (before < 0 || samples.time(before) <= time - lookback) {
                continue;
            }
            boolean exact = samples.time(before) == time;
            boolean last = next == samples.size() || samples.time(next) > time + lookback;
            if (exact || last) {
                put(column, step, samples, before);
            } else {
                interpolate(column, step, samples, before, time);
            }
        }
    }

    private static void put(Column column, int step, Samples samples, int i) {
        NativeHistogram histogram = samples.histogram(i);
        if (histogram == null) {
            column.set(step, samples.value(i));
        } else {
            column.set(step, histogram);
        }
    }

    private void interpolate(Column column, int step, Samples samples, int before, long time) {
        double share = (double) (time - samples.time(before)) / (samples.time(before + 1) - samples.time(before));
        NativeHistogram first = samples.histogram(before);
        NativeHistogram second = samples.histogram(before + 1);
        if (first == null && second == null) {
            double from = samples.value(before);
            column.set(step, from + (samples.value(before + 1) - from) * share);
        } else if (first == null || second == null) {
            warn("encountered a mix of histograms and floats", column);
        } else if (first.usesCustomBuckets() != second.usesCustomBuckets()) {
            warn("vector contains a mix of histograms with exponential and custom buckets schemas", column);
        } else {
            boolean counter = first.hint() != ResetHint.GAUGE && second.hint() != ResetHint.GAUGE;
            column.set(step, Interpolation.between(first, second, share, counter));
        }
    }

    private void warn(String problem, Column column) {
        String name = LabelText.quote(column.labels().get(Labels.NAME));
        query.annotations().warn(problem + " for metric name " + name, selector.span());
    }
}
