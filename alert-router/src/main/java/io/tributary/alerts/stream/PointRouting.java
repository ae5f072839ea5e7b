package io.tributary.alerts.stream;

import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.planning.RuleSet;
import io.tributary.alerts.selection.SeriesCache;
import io.tributary.alerts.series.PointSamples;
import io.tributary.alerts.series.PointSamples.Sample;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.identity.SeriesId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;

/** Finds the shards that want a point, and remembers what it found. For one thread. */
final class PointRouting {
    private static final Places NOWHERE = Places.of();
    /** Beyond it, findings are shared anew. */
    private static final int MOST_FINDINGS = 10_000;

    /**
     * What is remembered of a series.
     *
     * @param shape of the point: with other buckets a histogram has other series
     */
    private record Found(int shape, Places places) {}

    private final IntSupplier capacity;
    /** Few different findings serve many series. */
    private final Map<Found, Found> shared = new HashMap<>();

    private SeriesCache<Found> cache;
    private RuleSet rules;

    /** Remembers about so many series; asked for with the first of them. */
    PointRouting(IntSupplier capacity) {
        this.capacity = capacity;
    }

    /** The shards that want a sample of the point; empty if none does. */
    Places places(RuleSet current, SeriesId series, MetricPoint point) {
        if (current != rules) {
            rules = current;
            cache = new SeriesCache<>(capacity.getAsInt());
            shared.clear();
        }
        if (PointSamples.isStaleFamily(point)) {
            // It does not tell its buckets; whoever has one of them must hear of it.
            return rules.groups().isEmpty() ? NOWHERE : Places.EVERYWHERE;
        }
        int shape = shape(point);
        Found known = cache.get(series);
        if (known == null || known.shape() != shape) {
            Found found = new Found(shape, find(point));
            if (!PointCheck.isKey(series, point)) {
                // Of the series that this is the key of, it says nothing.
                return found.places();
            }
            if (shared.size() >= MOST_FINDINGS) {
                shared.clear();
            }
            Found same = shared.putIfAbsent(found, found);
            known = same == null ? found : same;
            cache.put(series, known);
        }
        return known.places();
    }

    private Places find(MetricPoint point) {
        Set<Integer> hashes = new TreeSet<>();
        for (Sample sample : PointSamples.of(point)) {
            for (int owner : rules.wantedBy(sample.labels())) {
                GroupPlan plan = rules.groups().get(owner);
                hashes.add(plan.place(point.getTenant(), sample.labels()));
            }
        }
        return hashes.isEmpty()
                ? NOWHERE
                : Places.of(hashes.stream().mapToInt(hash -> hash).toArray());
    }

    private static int shape(MetricPoint point) {
        return switch (point.getValue()) {
            case HistogramValue histogram -> histogram.getExplicitBounds().hashCode();
            case SummaryValue summary -> summary.getQuantiles().size();
            case null, default -> 0;
        };
    }
}
