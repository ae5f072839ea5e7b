package io.tributary.promql.parser;

import io.tributary.promql.label.LabelText;
import io.tributary.promql.parser.Token.Kind;

/**
 * Reads a number, such as {@code 1_000}, {@code 0x1F}, {@code .5} or {@code 1e-3}, or a duration such as {@code 1h30m}.
 */
final class NumberLexer {

    private static final String UNITS = "smhdwy";

    private final Characters input;

    NumberLexer(Characters input) {
        this.input = input;
    }

    Token next() {
        int start = input.position();
        if (number()) {
            return input.token(Kind.NUMBER);
        }
        int badNumber = input.position();
        input.reset(start);
        if (duration()) {
            return input.token(Kind.DURATION);
        }
        input.reset(Math.max(badNumber, input.position()));
        throw input.error("bad number or duration syntax: " + LabelText.quote(input.taken()));
    }

    private boolean number() {
        if (input.peek() == '0' && (input.peekSecond() | 0x20) == 'x') {
            input.advance(2);
            return !digits(true).isEmpty() && ends();
        }
        digits(false);
        if (input.accept('.')) {
            digits(false);
        }
        int exponent = input.position();
        if (input.accept('e') || input.accept('E')) {
            if (!input.accept('+')) {
                input.accept('-');
            }
            if (digits(false).isEmpty()) {
                input.reset(exponent);
                return false;
            }
        }
        return ends();
    }

    /** Digits, with single underscores between them. */
    private String digits(boolean hexadecimal) {
        return input.takeWhile(c -> Characters.isDigit(c) || c == '_' || (hexadecimal && isHexLetter(c)));
    }

    private static boolean isHexLetter(int c) {
        return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private boolean duration() {
        do {
            if (input.takeWhile(Characters::isDigit).isEmpty() || UNITS.indexOf(input.peek()) < 0) {
                return false;
            }
            input.advance();
            // The "s" of "ms". That of "hs" is found wrong when the duration is read.
            input.accept('s');
        } while (Characters.isDigit(input.peek()));
        if (ends()) {
            return true;
        }
        input.advance();
        return false;
    }

    private boolean ends() {
        return !Characters.isLetterOrDigit(input.peek()) && input.peek() != '.';
    }
}
