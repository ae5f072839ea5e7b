package io.tributary.promql.parser;

import io.tributary.promql.Durations;
import io.tributary.promql.ast.Span;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.parser.Token.Kind;
import java.util.regex.Pattern;

/** What numbers and durations stand for. */
final class Numbers {

    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern STRAY_UNDERSCORE = Pattern.compile("_(?![0-9a-fA-F])|(?<![0-9a-fA-FxX])_");

    private Numbers() {}

    static boolean isNumber(Token token) {
        return token.kind() == Kind.NUMBER || token.kind() == Kind.DURATION;
    }

    /** The number; of a duration, its seconds. */
    static double value(Token token) {
        return token.kind() == Kind.DURATION ? millis(token) / 1000.0 : number(token);
    }

    static long millis(Token duration) {
        try {
            return Durations.parse(duration.text());
        } catch (IllegalArgumentException e) {
            throw new SyntaxError(duration.span(), e.getMessage());
        }
    }

    /** A number with a sign or without one, or a duration as seconds. */
    static double signed(Tokens tokens, String where, String expected) {
        boolean negative = tokens.atOperator("-");
        if (tokens.atSign()) {
            tokens.take();
        }
        if (!isNumber(tokens.peek())) {
            throw tokens.unexpected(where, expected);
        }
        double value = value(tokens.take());
        return negative ? -value : value;
    }

    /** Seconds as milliseconds. */
    static long millis(double seconds, Span span) {
        if (!(Math.abs(seconds) <= Long.MAX_VALUE / 1e9)) {
            throw new SyntaxError(span, "duration out of range");
        }
        return Math.round(seconds * 1000);
    }

    private static double number(Token token) {
        String text = token.text();
        if (text.equalsIgnoreCase("inf")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (STRAY_UNDERSCORE.matcher(text).find()) {
            throw bad(token, "underscores must separate digits");
        }
        String digits = text.replace("_", "");
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseLong(digits.substring(2), 16);
            }
            if (OCTAL.matcher(digits).matches()) {
                return Long.parseLong(digits, 8);
            }
            double value = Double.parseDouble(digits);
            if (Double.isInfinite(value)) {
                throw bad(token, "value out of range");
            }
            return value;
        } catch (NumberFormatException e) {
            throw bad(token, "value out of range");
        }
    }

    private static SyntaxError bad(Token token, String why) {
        return new SyntaxError(token.span(), "error parsing number: " + LabelText.quote(token.text()) + ": " + why);
    }
}
