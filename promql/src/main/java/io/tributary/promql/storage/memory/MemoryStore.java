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
 * Series in memory, found by whichever label of those that a query fixes has the fewest series with its value. Safe for
 * many readers, or for one writer; not for both at once.
 */
public final class MemoryStore implements Storage {

    private final Map<Labels, MemorySeries> all = new LinkedHashMap<>();
    /** By the name of a label and by its value. */
    private final Map<String, Map<String, List<MemorySeries>>> byLabel = new HashMap<>();

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
        byLabel.clear();
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        var selected = new ArrayList<Series>();
        for (MemorySeries series : candidates(matchers)) {
            if (series.overlaps(from, to) && matches(matchers, series.labels())) {
                selected.add(series);
            }
        }
        return selected;
    }

    private static boolean matches(List<Matcher> matchers, Labels labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    private Collection<MemorySeries> candidates(List<Matcher> matchers) {
        Collection<MemorySeries> fewest = all.values();
        for (Matcher matcher : matchers) {
            if (matcher.operator() == Matcher.Operator.EQUAL && !matcher.value().isEmpty()) {
                var those = byLabel.getOrDefault(matcher.name(), Map.of()).getOrDefault(matcher.value(), List.of());
                fewest = those.size() < fewest.size() ? those : fewest;
            }
        }
        return fewest;
    }

    private MemorySeries series(Labels labels) {
        return all.computeIfAbsent(labels, key -> {
            var series = new MemorySeries(key);
            key.forEach((name, value) -> byLabel.computeIfAbsent(name, unseen -> new HashMap<>())
                    .computeIfAbsent(value, unseen -> new ArrayList<>())
                    .add(series));
            return series;
        });
    }
}
