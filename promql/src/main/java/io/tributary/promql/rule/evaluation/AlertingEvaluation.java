package io.tributary.promql.rule.evaluation;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.AlertingRule;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.template.Functions;
import io.tributary.promql.template.alert.AlertFunctions;
import io.tributary.promql.template.alert.AlertTemplate;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evaluates one alerting rule.
 *
 * @param queries that its templates may ask
 * @param time of evaluation in milliseconds since the epoch
 */
record AlertingEvaluation(AlertingRule rule, External external, RuleQueries queries, long time) {

    private static final String ALERT_NAME = "alertname";
    private static final String ALERT_STATE = "alertstate";

    /** A pending alert for each element. */
    SortedMap<Labels, Alert> alerts(List<Value.Sample> elements) {
        var alerts = new TreeMap<Labels, Alert>();
        if (elements.isEmpty()) {
            return alerts; // As of most rules most of the time: nothing is prepared for it.
        }
        var functions = AlertFunctions.at(time, expression -> queries.ask(expression, time), external.url());
        for (Value.Sample element : elements) {
            Alert alert = alert(element, functions);
            if (alerts.put(alert.labels(), alert) != null) {
                throw new QueryException("vector contains metrics with the same labelset after applying alert labels");
            }
        }
        return alerts;
    }

    /** The samples that tell of the active alerts. */
    List<Value.Sample> samples(List<Alert> active, long at) {
        var samples = new ArrayList<Value.Sample>(2 * active.size());
        for (Alert alert : active) {
            // Prometheus starts with the rule's labels as written: one that expands to nothing shows its template.
            var labels = new TreeMap<>(rule.labels());
            labels.putAll(alert.labels().toMap());
            labels.put(ALERT_NAME, rule.name());
            labels.put(Labels.NAME, "ALERTS_FOR_STATE");
            long activeSeconds = Math.floorDiv(alert.activeAt(), 1000);
            samples.add(new Value.Sample(Labels.of(labels), at, activeSeconds, null));
            labels.put(Labels.NAME, "ALERTS");
            labels.put(ALERT_STATE, alert.state().text());
            samples.add(new Value.Sample(Labels.of(labels), at, 1, null));
        }
        return samples;
    }

    private Alert alert(Value.Sample element, Functions functions) {
        var data =
                AlertTemplate.Data.of(element, external.labels(), external.url().toString());
        var labels = element.labels().toMap();
        labels.remove(Labels.NAME);
        labels.putAll(expanded(rule.labelTemplates(), data, functions));
        labels.put(ALERT_NAME, rule.name());
        double value = element.histogram() == null ? element.value() : 0;
        return Alert.pending(
                Labels.of(labels), Labels.of(expanded(rule.annotationTemplates(), data, functions)), value, time);
    }

    private static Map<String, String> expanded(
            Map<String, AlertTemplate> templates, AlertTemplate.Data data, Functions functions) {
        var texts = new TreeMap<String, String>();
        templates.forEach((name, template) -> texts.put(name, template.expand(data, functions)));
        return texts;
    }
}
