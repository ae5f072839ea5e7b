package io.tributary.alerts.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

/**
 * Reads {@code selector <comparison> number}, the part of PromQL that is evaluated. The selector names its metric, and
 * may have label matchers; the number may be signed, scientific, hexadecimal or Inf. Prometheus: querying/basics.
 */
final class ThresholdParser {
    private static final String NAME = "__name__";

    private final Cursor cursor;
    private final List<Matcher> matchers = new ArrayList<>();
    private String metric = "";

    private ThresholdParser(String text) {
        this.cursor = new Cursor(text);
    }

    /** The expression; {@link ExpressionException} with place and reason if it is another. */
    static Threshold parse(String text) {
        return new ThresholdParser(text).threshold();
    }

    private Threshold threshold() {
        cursor.skipSpace();
        String word = cursor.word();
        if (word.isEmpty() && cursor.peek() != '{') {
            throw cursor.unexpected("a selector");
        }
        metric = word;
        cursor.skipSpace();
        if (cursor.peek() == '{') {
            matchers();
        }
        if (metric.isEmpty()) {
            throw cursor.failure("the selector names no metric by = (expected: such as up, or {__name__=\"up\"})");
        }
        cursor.skipSpace();
        Comparison comparison = cursor.comparison();
        cursor.skipSpace();
        double bound = number();
        cursor.skipSpace();
        if (!cursor.atEnd()) {
            throw cursor.unexpected("the end");
        }
        return new Threshold(metric, List.copyOf(matchers), comparison, bound);
    }

    private void matchers() {
        cursor.expect('{');
        cursor.skipSpace();
        while (cursor.peek() != '}') {
            matcher();
            cursor.skipSpace();
            if (cursor.peek() != ',') {
                break;
            }
            cursor.expect(',');
            cursor.skipSpace();
        }
        cursor.expect('}');
    }

    private void matcher() {
        boolean quoted = cursor.atQuote();
        String name = quoted ? cursor.quoted() : cursor.labelName();
        cursor.skipSpace();
        if (quoted && (cursor.peek() == ',' || cursor.peek() == '}')) {
            nameMetric(name);
            return;
        }
        Matcher.Type type = cursor.matcherType();
        cursor.skipSpace();
        String value = cursor.quoted();
        if (name.equals(NAME) && type == Matcher.Type.EQUAL) {
            nameMetric(value);
        } else if (name.equals(NAME)) {
            throw cursor.failure("__name__ by " + type.symbol() + " is not evaluated (expected: =)");
        } else {
            addMatcher(name, type, value);
        }
    }

    private void addMatcher(String name, Matcher.Type type, String value) {
        try {
            matchers.add(Matcher.of(name, type, value));
        } catch (PatternSyntaxException e) {
            throw cursor.failure(name + ": not a regular expression: " + e.getDescription());
        }
    }

    private void nameMetric(String name) {
        if (!metric.isEmpty()) {
            throw cursor.failure("metric name set twice: " + metric + " and " + name);
        }
        metric = name;
    }

    private double number() {
        int sign = 1;
        while (cursor.peek() == '-' || cursor.peek() == '+') {
            sign *= cursor.next() == '-' ? -1 : 1;
            cursor.skipSpace();
        }
        String text = cursor.number();
        try {
            return sign * value(text.toLowerCase(Locale.ROOT));
        } catch (NumberFormatException e) {
            throw cursor.unexpectedWord(text, "a number");
        }
    }

    private static double value(String text) {
        if (text.equals("inf")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.equals("nan")) {
            return Double.NaN;
        }
        if (text.startsWith("0x")) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (text.isEmpty() || !(Character.isDigit(text.charAt(0)) || text.charAt(0) == '.') || text.matches(".*[df]")) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }
}
