package io.tributary.promql.template;

/** What a template makes, and so how values are printed in it. */
public enum Output {
    /** Plain text: values as they are. */
    TEXT,
    /** HTML: values escaped as between tags, but for {@link SafeHtml}. */
    HTML;

    String print(Object value) {
        if (value == null) {
            return this == TEXT ? "<no value>" : "";
        }
        String text = GoText.print(value);
        return this == TEXT || value instanceof SafeHtml ? text : Escapes.html(text, true);
    }
}
