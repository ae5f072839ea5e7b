package io.tributary.promql.template.alert;

import io.tributary.promql.label.Labels;
import io.tributary.promql.template.Functions;
import io.tributary.promql.template.Output;
import io.tributary.promql.template.Struct;
import io.tributary.promql.template.TemplateException;
import io.tributary.promql.template.Templates;
import io.tributary.promql.template.Texts;
import io.tributary.promql.value.Value;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The template of a label or an annotation of an alert. It knows the variables {@code $labels}, {@code $value},
 * {@code $externalLabels} and {@code $externalURL}, and the same as fields of its data.
 */
public final class AlertTemplate {

    /** What Prometheus puts before each such text; columns in messages count it. */
    private static final String VARIABLES = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
            + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

    private static final String ACTION = "{{";

    /** Only the names of functions count while text is read. */
    private static final Templates UNREAD =
            Templates.of(AlertFunctions.at(0, expression -> List.of(), URI.create("")), Output.TEXT);

    private final String name;
    private final String text;
    /** Null if the text is no template. */
    private final Templates templates;

    /** Why there is no template; empty if there is one. */
    private final String mistake;

    private AlertTemplate(String name, String text, Templates templates, String mistake) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.mistake = mistake;
    }

    /**
     * The template in the text.
     *
     * @param alert the name of the alert, for messages
     * @throws TemplateException with the first mistake
     */
    public static AlertTemplate parse(String alert, String text) {
        String name = "__alert_" + alert;
        return new AlertTemplate(name, text, text.contains(ACTION) ? UNREAD.with(name, VARIABLES + text) : UNREAD, "");
    }

    /** As {@link #parse(String, String)}; but if the text is no template, what it expands to says why. */
    public static AlertTemplate lenient(String alert, String text) {
        try {
            return parse(alert, text);
        } catch (TemplateException e) {
            return new AlertTemplate("__alert_" + alert, text, null, e.getMessage());
        }
    }

    /** The template as it is written. */
    public String text() {
        return text;
    }

    /**
     * The text for an element of the alert's expression. An alert must go out even when one of its texts cannot be
     * made: then the text says why.
     */
    public String expand(Data data, Functions functions) {
        if (!text.contains(ACTION)) {
            return text;
        }
        if (templates == null) {
            return "<error expanding template: error parsing template " + name + ": " + mistake + ">";
        }
        try {
            return templates.using(functions).execute(name, data);
        } catch (TemplateException e) {
            return "<error expanding template: error executing template " + name + ": " + e.getMessage() + ">";
        }
    }

    /**
     * What a template tells about.
     *
     * @param labels of the element, with the metric's name
     * @param externalLabels of the service
     * @param externalUrl the address at which people reach the service
     * @param value a number or a native histogram
     */
    public record Data(Texts labels, Texts externalLabels, String externalUrl, Object value) implements Struct {

        /** Of an element of the alert's expression. */
        public static Data of(Value.Sample sample, Labels externalLabels, String externalUrl) {
            return new Data(
                    Texts.of(sample.labels()), Texts.of(externalLabels), externalUrl, QuerySample.valueOf(sample));
        }

        @Override
        public String typeName() {
            return "struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string;"
                    + " Value interface {} }";
        }

        @Override
        public Optional<Object> field(String name) {
            return switch (name) {
                case "Labels" -> Optional.of(labels);
                case "ExternalLabels" -> Optional.of(externalLabels);
                case "ExternalURL" -> Optional.of(externalUrl);
                case "Value" -> Optional.of(value);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return "{" + labels + " " + externalLabels + " " + externalUrl + " " + value + "}";
        }
    }
}
