package io.tributary.promql.storage.memory;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.storage.SelectHints;
import io.tributary.promql.storage.Series;
import io.tributary.promql.storage.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Series in memory, found by their name and sought through otherwise. Safe for many readers, or for one writer; not for
 * both at once.
 */
public final class MemoryStore implements Storage {

    private final Map<Labels, MemorySeries> all = new LinkedHashMap<>();
    private final Map<String, List<MemorySeries>> byName = new HashMap<>();

    /**
     * Adds a sample. It may come in any order of time; a second one for the same millisecond replaces the first.
     *
     * @param time in milliseconds since the epoch
     */
    public void add(Labels labels, long time, double value) {
        series(labels).add(time, value, null, 0);
    }

    /** Adds a native histogram, as {@link #add(Labels, long, double)}. */
    public void add(Labels labels, long time, NativeHistogram histogram) {
        series(labels).add(time, histogram.sum(), histogram, 0);
    }

    /**
     * Adds a number that counts since a known time.
     *
     * @param start in milliseconds since the epoch; 0: not known
     */
    public void add(Labels labels, long time, double value, long start) {
        series(labels).add(time, value, null, start);
    }

    /** Adds a native histogram that counts since a known time, as {@link #add(Labels, long, double, long)}. */
    public void add(Labels labels, long time, NativeHistogram histogram, long start) {
        series(labels).add(time, histogram.sum(), histogram, start);
    }

    public void clear() {
        all.clear();
        byName.clear();
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        var selected = new ArrayList<Series>();
        for (MemorySeries series : candidates(matchers)) {
            if (series.overlaps(from, to) && matchers.stream().allMatch(matcher -> matcher.matches(series.labels()))) {
                selected.add(series);
            }
        }
        return selected;
    }

    private Collection<MemorySeries> candidates(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME)
                    && matcher.operator() == Matcher.Operator.EQUAL
                    && !matcher.value().isEmpty()) {
                return byName.getOrDefault(matcher.value(), List.of());
            }
        }
        return all.values();
    }

    private MemorySeries series(Labels labels) {
        return all.computeIfAbsent(labels, key -> {
            var series = new MemorySeries(key);
            byName.computeIfAbsent(key.get(Labels.NAME), name -> new ArrayList<>())
                    .add(series);
            return series;
        });
    }
}
