package io.tributary.promql.template;

/** A text that is HTML already, and is not escaped again. */
public record SafeHtml(String text) implements Typed {

    @Override
    public String typeName() {
        return "template.HTML";
    }

    @Override
    public String toString() {
        return text;
    }
}
