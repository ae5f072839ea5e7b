package io.tributary.alerts.rule;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alerting rule of a group. Prometheus: configuration/alerting_rules.
 *
 * @param group the group's name
 * @param name the alert's name, which becomes its label {@code alertname}
 * @param condition when an alert is active
 * @param interval how often it is evaluated; more than 0
 * @param holdFor how long the condition must hold before the alert fires; 0 for at once
 * @param keepFiringFor how long the alert fires on after the condition ended; 0 for not at all
 * @param labels labels that are put on the series' own
 * @param annotations texts for people
 */
public record AlertingRule(
        String group,
        String name,
        Threshold condition,
        Duration interval,
        Duration holdFor,
        Duration keepFiringFor,
        Map<String, Template> labels,
        Map<String, Template> annotations) {

    /** The label that every alert has. */
    public static final String ALERT_NAME = "alertname";

    /**
     * What tells this rule from every other, and stays the same when {@code for}, annotations or the place in the file
     * change.
     */
    public String id() {
        return group + '/' + name + '/' + condition + '/' + new TreeMap<>(labels);
    }

    /** The labels of an alert for a series with these labels and this value; a label made empty is left out. */
    public Map<String, String> alertLabels(Map<String, String> series, double value) {
        Map<String, String> made = new TreeMap<>(series);
        made.putAll(expand(labels, series, value));
        made.put(ALERT_NAME, name);
        made.values().removeIf(String::isEmpty);
        return made;
    }

    /** The annotations of an alert for a series with these labels and this value. */
    public Map<String, String> alertAnnotations(Map<String, String> series, double value) {
        return expand(annotations, series, value);
    }

    private static Map<String, String> expand(
            Map<String, Template> templates, Map<String, String> series, double value) {
        Map<String, String> made = new TreeMap<>();
        templates.forEach((label, template) -> made.put(label, template.expand(series, value)));
        return made;
    }
}
