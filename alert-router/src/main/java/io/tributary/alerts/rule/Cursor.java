package io.tributary.alerts.rule;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;

/** A place in an expression, and the tokens that may be there. */
final class Cursor {
    private static final char END = '\0';
    private static final int SHOWN = 20;

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char peek() {
        return atEnd() ? END : text.charAt(at);
    }

    char next() {
        char here = peek();
        at++;
        return here;
    }

    /** Passes over white space and comments. */
    void skipSpace() {
        while (!atEnd() && (Character.isWhitespace(peek()) || peek() == '#')) {
            if (peek() == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                at++;
            }
        }
    }

    void expect(char wanted) {
        if (peek() != wanted) {
            throw unexpected("\"" + wanted + "\"");
        }
        at++;
    }

    /** A metric name, or nothing. */
    String word() {
        return isDigit(peek()) ? "" : takeWhile(each -> isLetter(each) || isDigit(each) || each == ':');
    }

    String labelName() {
        String name = isDigit(peek()) ? "" : takeWhile(each -> isLetter(each) || isDigit(each));
        if (name.isEmpty()) {
            throw unexpected("a label name");
        }
        return name;
    }

    /** What may be a number: digits, letters, dots, and signs of an exponent. */
    String number() {
        int start = at;
        while (!atEnd() && isNumberPart(start)) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean isNumberPart(int start) {
        char here = peek();
        boolean hex = text.startsWith("0x", start) || text.startsWith("0X", start);
        boolean exponentSign =
                (here == '+' || here == '-') && !hex && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0;
        return isLetter(here) || isDigit(here) || here == '.' || exponentSign;
    }

    Comparison comparison() {
        Comparison found = Comparison.at(text, at).orElseThrow(() -> unexpected("a comparison"));
        at += found.symbol().length();
        return found;
    }

    Matcher.Type matcherType() {
        Matcher.Type found = Arrays.stream(Matcher.Type.values())
                .filter(each -> text.startsWith(each.symbol(), at))
                .max(Comparator.comparingInt(each -> each.symbol().length()))
                .orElseThrow(() -> unexpected("one of = != =~ !~"));
        at += found.symbol().length();
        return found;
    }

    boolean atQuote() {
        return peek() == '"' || peek() == '\'' || peek() == '`';
    }

    /** A text in double or single quotes with Go's escapes, or in back quotes without any. */
    String quoted() {
        if (!atQuote()) {
            throw unexpected("a quoted text");
        }
        char quote = next();
        StringBuilder value = new StringBuilder();
        while (peek() != quote) {
            if (atEnd() || (peek() == '\n' && quote != '`')) {
                throw unexpected("the closing quote");
            }
            char here = next();
            value.append(here == '\\' && quote != '`' ? escape() : Character.toString(here));
        }
        at++;
        return value.toString();
    }

    private String escape() {
        char kind = next();
        return switch (kind) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000b";
            case '\\', '"', '\'' -> Character.toString(kind);
            case 'x' -> codePoint(2);
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            default -> throw failure("unknown escape: \\" + kind);
        };
    }

    private String codePoint(int digits) {
        int end = Math.min(at + digits, text.length());
        String hex = text.substring(at, end);
        at = end;
        try {
            return Character.toString(Integer.parseInt(hex, 16));
        } catch (IllegalArgumentException e) {
            throw failure("not a code point: " + hex);
        }
    }

    ExpressionException unexpected(String expected) {
        int end = Math.min(text.length(), at + SHOWN);
        String found = atEnd() ? "the end" : "\"" + text.substring(at, end).strip() + "\"";
        return failure("unexpected " + found + " (expected: " + expected + ")");
    }

    ExpressionException unexpectedWord(String word, String expected) {
        at -= word.length();
        return unexpected(expected);
    }

    ExpressionException failure(String reason) {
        String before = text.substring(0, Math.min(at, text.length()));
        long line = before.chars().filter(each -> each == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return new ExpressionException(line + ":" + column + ": " + reason);
    }

    private String takeWhile(IntPredicate part) {
        int start = at;
        while (!atEnd() && part.test(peek())) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isLetter(int each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || each == '_';
    }

    private static boolean isDigit(int each) {
        return each >= '0' && each <= '9';
    }
}
