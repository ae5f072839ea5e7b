package io.tributary.alerts.label;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The order in which a notification lists its alerts: by {@code job}, by {@code instance} (those without come last), by
 * the number of labels, then label by label. Alertmanager: types, "AlertSlice".
 */
public final class LabelOrder implements Comparator<Map<String, String>> {
    private static final Comparator<Map<String, String>> ORDER = byLabel("job")
            .thenComparing(byLabel("instance"))
            .thenComparingInt(Map::size)
            .thenComparing(LabelOrder::byAll);

    @Override
    public int compare(Map<String, String> left, Map<String, String> right) {
        return ORDER.compare(left, right);
    }

    private static Comparator<Map<String, String>> byLabel(String name) {
        return Comparator.comparing(labels -> labels.get(name), Comparator.nullsLast(Comparator.naturalOrder()));
    }

    private static int byAll(Map<String, String> left, Map<String, String> right) {
        for (Map.Entry<String, String> label : new TreeMap<>(left).entrySet()) {
            String other = right.get(label.getKey());
            if (other == null) {
                return -1;
            }
            int order = label.getValue().compareTo(other);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
