package io.tributary.promql.parser;

import io.tributary.promql.ast.Span;
import io.tributary.promql.parser.Token.Kind;
import java.util.function.IntPredicate;

/** The characters of a text and how far they are read: those since the last token are the token that is being read. */
final class Characters {

    /** In place of a character: there are no more. */
    static final int END = -1;

    private final String text;
    private int start;
    private int position;

    Characters(String text) {
        this.text = text;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(int c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isLetterOrDigit(int c) {
        return isLetter(c) || isDigit(c);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** As messages show it. */
    static String quote(int c) {
        return switch (c) {
            case END -> "end of input";
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> "'" + Character.toString(c) + "'";
        };
    }

    /** The next character, not yet read. */
    int peek() {
        return position < text.length() ? text.codePointAt(position) : END;
    }

    /** The one after it. */
    int peekSecond() {
        int next = position < text.length() ? position + Character.charCount(peek()) : position;
        return next < text.length() ? text.codePointAt(next) : END;
    }

    int take() {
        int c = peek();
        advance();
        return c;
    }

    void advance() {
        position += position < text.length() ? Character.charCount(peek()) : 0;
    }

    void advance(int count) {
        for (int i = 0; i < count; i++) {
            advance();
        }
    }

    boolean accept(int c) {
        if (peek() != c) {
            return false;
        }
        advance();
        return true;
    }

    String takeWhile(IntPredicate wanted) {
        int from = position;
        while (wanted.test(peek())) {
            advance();
        }
        return text.substring(from, position);
    }

    int position() {
        return position;
    }

    /** Goes back, within the token that is being read. */
    void reset(int to) {
        position = to;
    }

    void skipBlanksAndComments() {
        while (isBlank(peek()) || peek() == '#') {
            if (peek() == '#') {
                takeWhile(c -> c != '\n' && c != '\r' && c != END);
            } else {
                advance();
            }
        }
        start = position;
    }

    /** Whether the next character that is no blank is a left parenthesis. */
    boolean parenthesisFollows() {
        int i = position;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i < text.length() && text.charAt(i) == '(';
    }

    /** What was read of this token so far. */
    String taken() {
        return text.substring(start, position);
    }

    Token token(Kind kind) {
        return token(kind, taken());
    }

    Token token(Kind kind, String value) {
        return new Token(kind, taken(), value, new Span(start, position));
    }

    SyntaxError error(String message) {
        return new SyntaxError(new Span(start, text.length()), message);
    }
}
