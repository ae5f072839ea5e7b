package io.tributary.promql.engine;

import io.tributary.promql.label.Matcher;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;
import java.util.List;
import java.util.function.Consumer;

/** An instant selector: of each series the newest sample within the look-back before each step. */
final class InstantSelection implements Columns {

    /** What is taken of a sample. */
    enum Part {
        VALUE,
        /** Its time, in milliseconds since the epoch. */
        TIME,
        /** The same, and a query fails that finds a histogram. */
        TIME_OF_NUMBER,
        /** Since when it counts, in milliseconds since the epoch; nothing where that is not known. */
        START
    }

    private final Query query;
    private final Steps steps;
    private final List<Matcher> matchers;
    private final Reach reach;
    private final SelectHints hints;
    private final Part part;
    private final long lookback;
    private boolean searchesResets;

    InstantSelection(Query query, Steps steps, List<Matcher> matchers, Reach reach, SelectHints hints, Part part) {
        this.query = query;
        this.steps = steps;
        this.matchers = matchers;
        this.reach = reach;
        this.hints = hints;
        this.part = part;
        this.lookback = query.options().lookback().toMillis();
    }

    /** Has histograms say whether counting began anew, also where the store does not say so. */
    InstantSelection searchingResets() {
        searchesResets = true;
        return this;
    }

    @Override
    public void forEach(Consumer<Column> action) {
        int count = steps.count();
        long from = reach.from(steps.time(0)) - lookback + 1;
        long to = reach.from(steps.time(count - 1));
        var samples = new Samples();
        Column column = null;
        for (Series series : query.storage().select(matchers, from, to, hints)) {
            query.check();
            samples.clear();
            series.read(from, to, samples);
            if (searchesResets) {
                ResetSearch.run(samples);
            }
            query.hold(samples.size());
            column = column == null ? new Column(series.labels(), count) : column.reset(series.labels());
            if (fill(column, samples)) {
                action.accept(column);
            }
            query.release(samples.size());
        }
    }

    private boolean fill(Column column, Samples samples) {
        Steps times = reach.from(steps);
        boolean any = false;
        int next = 0;
        for (int step = 0; step < column.steps(); step++) {
            long time = times.time(step);
            while (next < samples.size() && samples.time(next) <= time) {
                next++;
            }
            int newest = next - 1;
            if (newest >= 0 && samples.time(newest) > time - lookback && !Samples.isStale(samples.value(newest))) {
                any |= take(column, step, samples, newest);
            }
        }
        return any;
    }

    private boolean take(Column column, int step, Samples samples, int i) {
        switch (part) {
            case VALUE -> {
                if (samples.histogram(i) == null) {
                    column.set(step, samples.value(i));
                } else {
                    column.set(step, samples.histogram(i));
                }
            }
            case TIME_OF_NUMBER -> {
                if (samples.histogram(i) != null) {
                    throw new QueryException("info sample should be float");
                }
                column.set(step, (double) samples.time(i));
            }
            case TIME -> column.set(step, (double) samples.time(i));
            case START -> {
                if (samples.start(i) == 0) {
                    return false;
                }
                column.set(step, (double) samples.start(i));
            }
        }
        return true;
    }
}
