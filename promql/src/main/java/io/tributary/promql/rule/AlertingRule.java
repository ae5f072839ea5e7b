package io.tributary.promql.rule;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.template.alert.AlertTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Each element of what its expression gives is an alert. */
public final class AlertingRule implements Rule {

    private final String name;
    private final Expr expr;
    private final Duration holdFor;
    private final Duration keepFiringFor;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final Map<String, AlertTemplate> labelTemplates;
    private final Map<String, AlertTemplate> annotationTemplates;

    /**
     * @param holdFor how long an alert is pending before it fires ({@code for}); 0: it fires at once
     * @param keepFiringFor how long an alert fires on after its element has gone; 0: not at all
     * @param labels templates by name
     * @param annotations templates by name
     */
    public AlertingRule(
            String name,
            Expr expr,
            Duration holdFor,
            Duration keepFiringFor,
            Map<String, String> labels,
            Map<String, String> annotations) {
        this.name = name;
        this.expr = expr;
        this.holdFor = holdFor;
        this.keepFiringFor = keepFiringFor;
        this.labels = sorted(labels);
        this.annotations = sorted(annotations);
        this.labelTemplates = templates(this.labels);
        this.annotationTemplates = templates(this.annotations);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Expr expr() {
        return expr;
    }

    /** How long an alert is pending before it fires; 0: it fires at once. */
    public Duration holdFor() {
        return holdFor;
    }

    /** How long an alert fires on after its element has gone; 0: not at all. */
    public Duration keepFiringFor() {
        return keepFiringFor;
    }

    @Override
    public Map<String, String> labels() {
        return labels;
    }

    /** What people are told, as templates, sorted by name. */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** The labels, to be expanded. */
    public Map<String, AlertTemplate> labelTemplates() {
        return labelTemplates;
    }

    /** The annotations, to be expanded. */
    public Map<String, AlertTemplate> annotationTemplates() {
        return annotationTemplates;
    }

    private static Map<String, String> sorted(Map<String, String> texts) {
        return Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    private Map<String, AlertTemplate> templates(Map<String, String> texts) {
        var templates = new TreeMap<String, AlertTemplate>();
        texts.forEach((key, text) -> templates.put(key, AlertTemplate.lenient(name, text)));
        return Collections.unmodifiableMap(templates);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlertingRule rule
                && name.equals(rule.name)
                && expr.equals(rule.expr)
                && holdFor.equals(rule.holdFor)
                && keepFiringFor.equals(rule.keepFiringFor)
                && labels.equals(rule.labels)
                && annotations.equals(rule.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, expr, holdFor, keepFiringFor, labels, annotations);
    }

    @Override
    public String toString() {
        return "AlertingRule[" + name + ": " + expr + "]";
    }
}
