package io.tributary.alerts.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How alerts are grouped and when a receiver hears of a group. Alertmanager: configuration, "route".
 *
 * @param receiver the receiver's name
 * @param groupBy the labels by which alerts are grouped
 * @param groupByAll whether every alert is a group of its own ({@code group_by: ['...']})
 * @param groupWait how long a new group waits for more alerts before it is told of
 * @param groupInterval how long it waits to tell of changes of a group
 * @param repeatInterval how long it waits to tell again of a group that did not change
 */
public record Route(
        String receiver,
        List<String> groupBy,
        boolean groupByAll,
        Duration groupWait,
        Duration groupInterval,
        Duration repeatInterval) {

    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

    /**
     * How long a receiver may take for its answer: the group's interval, or 10 seconds if that is less. Alertmanager:
     * notify, "MinTimeout".
     */
    public Duration patience() {
        return groupInterval.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : groupInterval;
    }

    /** The labels that the group of an alert with these labels has. */
    public Map<String, String> groupLabels(Map<String, String> alertLabels) {
        if (groupByAll) {
            return new TreeMap<>(alertLabels);
        }
        Map<String, String> labels = new TreeMap<>();
        for (String name : groupBy) {
            String value = alertLabels.get(name);
            if (value != null) {
                labels.put(name, value);
            }
        }
        return labels;
    }
}
