package io.tributary.alerts.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text of a label or annotation with actions in double braces, of which these are known: {@code $value},
 * {@code $labels.name}, {@code .Value}, {@code .Labels.name}, {@code index $labels "name"} and a quoted text, each
 * piped through the functions of {@link TemplateFunction}; comments, and {@code -} that trims white space. Prometheus:
 * template_reference.
 */
public final class Template {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /** Something that makes text from an alert. */
    interface Part {
        /** The text for these labels and this value. */
        String text(Map<String, String> labels, double value);
    }

    private final String source;
    private final List<Part> parts;

    private Template(String source, List<Part> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /** The template in the text; {@link ExpressionException} with a reason if an action in it is not known. */
    static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        boolean trim = false;
        while (true) {
            int open = text.indexOf(OPEN, at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            literal = trim ? literal.stripLeading() : literal;
            if (open < 0) {
                addLiteral(parts, literal);
                return new Template(text, parts);
            }
            int close = text.indexOf(CLOSE, open);
            if (close < 0) {
                throw new ExpressionException("unclosed action: " + text.substring(open));
            }
            String action = text.substring(open + OPEN.length(), close);
            boolean trimBefore = action.startsWith("- ");
            trim = action.endsWith(" -");
            addLiteral(parts, trimBefore ? literal.stripTrailing() : literal);
            String body = action.substring(trimBefore ? 1 : 0, action.length() - (trim ? 1 : 0))
                    .strip();
            if (!(body.startsWith("/*") && body.endsWith("*/"))) {
                parts.add(TemplateAction.parse(body));
            }
            at = close + CLOSE.length();
        }
    }

    private static void addLiteral(List<Part> parts, String literal) {
        if (!literal.isEmpty()) {
            parts.add((labels, value) -> literal);
        }
    }

    /** The text for an alert of a series with these labels at this value. */
    public String expand(Map<String, String> labels, double value) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.text(labels, value));
        }
        return text.toString();
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return source;
    }
}
