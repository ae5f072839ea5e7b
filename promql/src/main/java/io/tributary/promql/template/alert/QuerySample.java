package io.tributary.promql.template.alert;

import io.tributary.promql.template.GoText;
import io.tributary.promql.template.Struct;
import io.tributary.promql.template.Texts;
import io.tributary.promql.template.Type;
import io.tributary.promql.value.Value;
import java.util.Optional;

/**
 * One element of what a query gave.
 *
 * @param value a number, or a native histogram
 */
record QuerySample(Texts labels, Object value) implements Struct {

    static final Type TYPE = new Type("*template.sample", QuerySample.class);

    static QuerySample of(Value.Sample sample) {
        return new QuerySample(Texts.of(sample.labels()), valueOf(sample));
    }

    static Object valueOf(Value.Sample sample) {
        return sample.histogram() == null ? sample.value() : sample.histogram();
    }

    String label(String name) {
        return (String) labels.get(name);
    }

    @Override
    public String typeName() {
        return TYPE.name();
    }

    @Override
    public Optional<Object> field(String name) {
        return switch (name) {
            case "Labels" -> Optional.of(labels);
            case "Value" -> Optional.of(value);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return "&{" + GoText.print(labels) + " " + GoText.print(value) + "}";
    }
}
