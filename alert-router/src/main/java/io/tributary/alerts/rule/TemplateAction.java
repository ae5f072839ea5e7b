package io.tributary.alerts.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One action of a template: an operand and the functions that it is piped through. */
final class TemplateAction {
    private static final Pattern LABEL = Pattern.compile("(?:\\$labels|\\$?\\.Labels)\\.([a-zA-Z_][a-zA-Z0-9_]*)");
    private static final Pattern INDEX =
            Pattern.compile("index\\s+(?:\\$labels|\\$?\\.Labels)\\s+(\"(?:[^\"\\\\]|\\\\.)*\")");
    private static final Pattern VALUE = Pattern.compile("\\$value|\\$?\\.Value");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`");
    private static final Pattern CALL = Pattern.compile("([a-zA-Z]+)(?:\\s+(\"(?:[^\"\\\\]|\\\\.)*\"))?\\s+(\\S+)");

    private TemplateAction() {}

    static Template.Part parse(String action) {
        List<String> steps = pipeline(action);
        Template.Part part = operand(steps.getFirst(), action);
        for (String step : steps.subList(1, steps.size())) {
            part = piped(part, TemplateFunction.parse(step).orElseThrow(() -> unknown(action)));
        }
        return part;
    }

    private static Template.Part operand(String text, String action) {
        if (VALUE.matcher(text).matches()) {
            return (labels, value) -> GoFloat.format(value);
        }
        Matcher label = LABEL.matcher(text);
        if (label.matches()) {
            String name = label.group(1);
            return (labels, value) -> labels.getOrDefault(name, "");
        }
        Matcher index = INDEX.matcher(text);
        if (index.matches()) {
            String name = new Cursor(index.group(1)).quoted();
            return (labels, value) -> labels.getOrDefault(name, "");
        }
        if (TEXT.matcher(text).matches()) {
            String literal = new Cursor(text).quoted();
            return (labels, value) -> literal;
        }
        return call(text, action);
    }

    /** A function before its operand, such as {@code humanize $value}. */
    private static Template.Part call(String text, String action) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            throw unknown(action);
        }
        String function = call.group(2) == null ? call.group(1) : call.group(1) + ' ' + call.group(2);
        return piped(
                operand(call.group(3), action), TemplateFunction.parse(function).orElseThrow(() -> unknown(action)));
    }

    private static Template.Part piped(Template.Part operand, TemplateFunction function) {
        return (labels, value) -> function.apply(operand.text(labels, value));
    }

    /** The parts between bars that are not in quotes. */
    private static List<String> pipeline(String action) {
        List<String> steps = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int at = 0; at < action.length(); at++) {
            char here = action.charAt(at);
            if (quote == 0 && here == '|') {
                steps.add(action.substring(start, at).strip());
                start = at + 1;
            } else if (here == '\\' && quote == '"') {
                at++;
            } else if (here == quote) {
                quote = 0;
            } else if (quote == 0 && (here == '"' || here == '`')) {
                quote = here;
            }
        }
        steps.add(action.substring(start).strip());
        return steps;
    }

    private static ExpressionException unknown(String action) {
        return new ExpressionException("template action {{ " + action
                + " }} is not known (expected: $value, $labels.name, index $labels \"name\", piped through "
                + TemplateFunction.NAMES + ")");
    }
}
