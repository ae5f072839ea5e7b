package io.tributary.alerts.retention;

import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.storage.Samples;
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
 * Some of a task's series as a store for queries, up to the time of evaluation: what came too early is not seen yet. It
 * remembers which series a selection found, so that matchers run once for each series. For one thread.
 */
public final class SeriesView implements Storage {
    /** Templates may make any number of queries. */
    private static final int MOST_SELECTIONS = 1000;

    private final Map<String, List<StoredSeries>> byName = new LinkedHashMap<>();
    private final Map<List<Matcher>, List<StoredSeries>> selections = new HashMap<>();
    private long now = Long.MAX_VALUE;
    private int size;

    /** Lets queries see nothing after this time, in milliseconds since the epoch. */
    public void moveTo(long time) {
        now = time;
    }

    /** Shows the series from now on. */
    public void add(StoredSeries series) {
        byName.computeIfAbsent(series.labels().get(Labels.NAME), unseen -> new ArrayList<>())
                .add(series);
        size++;
        selections.forEach((matchers, found) -> {
            if (matches(matchers, series)) {
                found.add(series);
            }
        });
    }

    /** Shows those no longer that the store keeps no longer. */
    public void removeGone() {
        size = 0;
        byName.values().removeIf(named -> {
            named.removeIf(StoredSeries::isGone);
            size += named.size();
            return named.isEmpty();
        });
        selections.clear();
    }

    /** How many series it shows. */
    public int size() {
        return size;
    }

    @Override
    public List<Series> select(List<Matcher> matchers, long from, long to, SelectHints hints) {
        List<Series> found = new ArrayList<>();
        for (StoredSeries series : selection(matchers)) {
            if (series.last() >= from) {
                found.add(new UpToNow(series));
            }
        }
        return found;
    }

    /** The series that fulfil the matchers. */
    public List<StoredSeries> selection(List<Matcher> matchers) {
        List<StoredSeries> known = selections.get(matchers);
        if (known != null) {
            return known;
        }
        if (selections.size() >= MOST_SELECTIONS) {
            selections.clear();
        }
        List<StoredSeries> found = new ArrayList<>();
        for (Collection<StoredSeries> candidates : candidates(matchers)) {
            for (StoredSeries series : candidates) {
                if (matches(matchers, series)) {
                    found.add(series);
                }
            }
        }
        selections.put(List.copyOf(matchers), found);
        return found;
    }

    private Collection<List<StoredSeries>> candidates(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (matcher.name().equals(Labels.NAME)
                    && matcher.operator() == Matcher.Operator.EQUAL
                    && !matcher.value().isEmpty()) {
                return List.of(byName.getOrDefault(matcher.value(), List.of()));
            }
        }
        return byName.values();
    }

    private static boolean matches(List<Matcher> matchers, StoredSeries series) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(series.labels())) {
                return false;
            }
        }
        return true;
    }

    private final class UpToNow implements Series {
        private final StoredSeries series;

        UpToNow(StoredSeries series) {
            this.series = series;
        }

        @Override
        public Labels labels() {
            return series.labels();
        }

        @Override
        public void read(long from, long to, Samples into) {
            series.read(from, Math.min(to, now), into);
        }
    }
}
