package io.tributary.promql.engine;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.function.Outcome;
import io.tributary.promql.function.RangeFunction;
import io.tributary.promql.function.Window;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** A function of one series' range, over all steps: the range slides forward and never looks at a sample again. */
final class RangeCall implements Columns {

    private static final Set<Function> SMOOTHED = EnumSet.of(Function.DELTA, Function.INCREASE, Function.RATE);
    private static final Set<Function> ANCHORED =
            EnumSet.of(Function.CHANGES, Function.DELTA, Function.INCREASE, Function.RATE, Function.RESETS);

    private final Query query;
    private final Steps steps;
    private final Call call;
    private final Ranges ranges;
    private final RangeFunction function;
    private final double[][] scalars;
    private final int argument;

    RangeCall(Evaluator evaluator, Call call, Ranges ranges, int argument, RangeFunction function, double[][] scalars) {
        this.query = evaluator.query();
        this.steps = evaluator.steps();
        this.call = call;
        this.ranges = ranges;
        this.argument = argument;
        this.function = function;
        this.scalars = scalars;
        switch (ranges.extension()) {
            case NONE -> {}
            case ANCHORED -> require("anchored", ANCHORED);
            case SMOOTHED -> require("smoothed", SMOOTHED);
        }
    }

    private void require(String extension, Set<Function> allowed) {
        if (!allowed.contains(call.function())) {
            throw new QueryException(extension + " modifier can only be used with: "
                    + String.join(", ", allowed.stream().map(Function::symbol).toList()) + " - not with "
                    + call.function().symbol());
        }
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var column = new Column(Labels.EMPTY, steps.count());
        var out = new Outcome();
        ranges.forEach((series, samples) -> {
            column.reset(series.labels());
            column.nameless(series.nameless());
            if (fill(column, samples, out)) {
                remark(column);
                if (!function.keepsName()) {
                    query.labelling().unname(column);
                }
                action.accept(column);
            }
        });
    }

    private boolean fill(Column column, Samples samples, Outcome out) {
        var window =
                new Window(call, query.features(), query.annotations(), steps, scalars, ranges.extension(), samples);
        window.enter(column.labels());
        RangeFunction ofSeries = function.perSeries();
        long lookback = query.options().lookback().toMillis();
        long before = ranges.length() + (ranges.extension() == Selector.Extension.NONE ? 0 : lookback);
        long after = ranges.extension() == Selector.Extension.SMOOTHED ? lookback : 0;
        Steps ends = ranges.reach().from(steps);
        boolean any = false;
        int from = 0;
        int to = 0;
        for (int step = 0; step < column.steps(); step++) {
            long end = ends.time(step);
            while (to < samples.size() && samples.time(to) <= end + after) {
                to++;
            }
            while (from < to && samples.time(from) <= end - before) {
                from++;
            }
            if (from < to) {
                window.move(step, from, to, end - ranges.length(), end);
                ofSeries.evaluate(window, out);
                any |= out.isPresent();
                out.moveTo(column, step);
            }
        }
        return any;
    }

    /** Says so if what is taken for a counter does not look like one. */
    private void remark(Column column) {
        String name = column.labels().get(Labels.NAME);
        boolean ofCounter = call.function() == Function.RATE || call.function() == Function.INCREASE;
        if (!ofCounter || name.isEmpty() || !hasNumber(column)) {
            return;
        }
        var span = call.arguments().get(argument).span();
        if (query.features().has(Features.Feature.TYPE_AND_UNIT_LABELS)) {
            String type = column.labels().get("__type__");
            if (!type.equals("counter") && !type.equals("histogram")) {
                query.annotations()
                        .inform(
                                "metric might not be a counter, __type__ label is not set to \"counter\" or"
                                        + " \"histogram\", got " + LabelText.quote(type) + ": "
                                        + LabelText.quote(name),
                                span);
            }
        } else if (!name.endsWith("_total")
                && !name.endsWith("_sum")
                && !name.endsWith("_count")
                && !name.endsWith("_bucket")) {
            query.annotations()
                    .inform(
                            "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
                                    + LabelText.quote(name),
                            span);
        }
    }

    private static boolean hasNumber(Column column) {
        if (!column.hasHistograms()) {
            return true;
        }
        for (int step = 0; step < column.steps(); step++) {
            if (column.has(step) && column.histogram(step) == null) {
                return true;
            }
        }
        return false;
    }
}
