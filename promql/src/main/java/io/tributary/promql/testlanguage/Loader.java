package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.memory.MemoryStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the data of a script into a store. Counter reset hints are set as Prometheus's own store would give them: of
 * each histogram of a counter, whether it counts on from the one before.
 */
public final class Loader {

    private final MemoryStore store = new MemoryStore();
    private final Map<Labels, NativeHistogram> last = new HashMap<>();

    /** Where the data goes. */
    public MemoryStore store() {
        return store;
    }

    public void clear() {
        store.clear();
        last.clear();
    }

    /**
     * Adds data.
     *
     * @throws ScriptException if a classic histogram is inconsistent
     */
    public void load(Command.Load load) {
        Map<Labels, List<SeriesValue>> starts = new HashMap<>();
        load.series().stream()
                .filter(SeriesDescription::startTimestamps)
                .forEach(series -> starts.put(series.labels(), series.values()));
        load.series().stream()
                .filter(series -> !series.startTimestamps())
                .forEach(series -> load(series, load.step(), starts.getOrDefault(series.labels(), List.of())));
        if (load.withNativeHistograms()) {
            loadNativeHistograms(load);
        }
    }

    private void loadNativeHistograms(Command.Load load) {
        try {
            ClassicHistograms.toNative(load.series())
                    .forEach((labels, steps) ->
                            steps.forEach((step, value) -> add(labels, step * load.step(), value, 0)));
        } catch (IllegalArgumentException e) {
            throw new ScriptException(load.line(), "classic histogram: " + e.getMessage());
        }
    }

    private void load(SeriesDescription series, long step, List<SeriesValue> starts) {
        for (int i = 0; i < series.values().size(); i++) {
            long time = i * step;
            long start = i < starts.size() && starts.get(i) instanceof SeriesValue.Plain(double since)
                    ? time + (long) since
                    : 0;
            switch (series.values().get(i)) {
                case SeriesValue.Gap gap -> {}
                case SeriesValue.Plain(double value) -> {
                    store.add(series.labels(), time, value, start);
                    last.remove(series.labels());
                }
                case SeriesValue.Histogram(var value, boolean hintWritten) -> add(series.labels(), time, value, start);
            }
        }
    }

    private void add(Labels labels, long time, NativeHistogram histogram, long start) {
        NativeHistogram previous = last.put(labels, histogram);
        store.add(labels, time, histogram.withHint(hint(previous, histogram)), start);
    }

    private static ResetHint hint(NativeHistogram previous, NativeHistogram histogram) {
        if (histogram.hint() == ResetHint.GAUGE || histogram.hint() == ResetHint.RESET) {
            return histogram.hint();
        }
        if (previous == null || previous.hint() == ResetHint.GAUGE) {
            return ResetHint.UNKNOWN;
        }
        // Of a reset that it has found itself, Prometheus's store says nothing.
        return histogram.isResetAfter(previous) ? ResetHint.UNKNOWN : ResetHint.NOT_RESET;
    }
}
