package io.tributary.promql.testlanguage;

import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in one line that is being read. */
final class Cursor {

    private static final Pattern DECIMAL = Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|(?i:inf|nan)");
    private static final Pattern WHOLE = Pattern.compile("\\d+");

    private final String line;
    private int at;

    Cursor(String line) {
        this.line = line;
    }

    boolean atEnd() {
        return at == line.length();
    }

    boolean isAt(String text) {
        return line.startsWith(text, at);
    }

    /** Passes the text if it is here. */
    boolean pass(String text) {
        boolean here = isAt(text);
        at += here ? text.length() : 0;
        return here;
    }

    void expect(String text) {
        if (!pass(text)) {
            throw unexpected("\"" + text + "\"");
        }
    }

    /** Passes blanks; whether there were any. */
    boolean passBlanks() {
        int before = at;
        while (!atEnd() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at > before;
    }

    /** Passes what the pattern finds here and returns it; null if it finds nothing. */
    String pass(Pattern pattern) {
        Matcher here = pattern.matcher(line).region(at, line.length());
        if (!here.lookingAt() || here.end() == at) {
            return null;
        }
        at = here.end();
        return here.group();
    }

    boolean isAtQuote() {
        return !atEnd() && "\"'`".indexOf(line.charAt(at)) >= 0;
    }

    /** Passes text in quotes. */
    String quoted() {
        int end = isAtQuote() ? Quoted.end(line, at) : -1;
        if (end < 0) {
            throw unexpected("text in quotes");
        }
        try {
            String text = Quoted.unquote(line.substring(at, end));
            at = end;
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    /** Passes {@code +} (1), {@code -} (-1) or nothing (0). */
    int sign() {
        if (pass("+")) {
            return 1;
        }
        return pass("-") ? -1 : 0;
    }

    /** Passes a number with or without a sign; a decimal one, as hexadecimal ones cannot be told from repetitions. */
    double number() {
        int sign = sign();
        return (sign < 0 ? -1 : 1) * unsigned();
    }

    double unsigned() {
        String number = pass(DECIMAL);
        if (number == null) {
            throw unexpected("a number");
        }
        char first = Character.toLowerCase(number.charAt(0));
        if (first == 'i') {
            return Double.POSITIVE_INFINITY;
        }
        return first == 'n' ? Double.NaN : Double.parseDouble(number);
    }

    /** Passes a whole number up to the limit. */
    int whole(int limit) {
        int before = at;
        String number = pass(WHOLE);
        if (number == null) {
            throw unexpected("a whole number");
        }
        if (number.length() > 10 || Long.parseLong(number) > limit) {
            at = before;
            throw wrong(number + " (expected: at most " + limit + ")");
        }
        return Integer.parseInt(number);
    }

    NotationException unexpected(String expected) {
        String found = atEnd() ? "the end" : LabelText.quote(line.substring(at, Math.min(at + 12, line.length())));
        return wrong(found + " (expected: " + expected + ")");
    }

    NotationException wrong(String problem) {
        return new NotationException("column " + (at + 1) + ": " + problem);
    }
}
