package io.tributary.promql.template;

import io.tributary.promql.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into tokens. What cannot be read becomes a last token with the reason, so that mistakes before it are
 * found first. Go: text/template/parse, "lexer".
 */
final class Lexer {

    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";
    private static final String COMMENT = "/*";
    private static final String COMMENT_END = "*/";
    private static final int END = -1;

    private final String input;
    private final List<Token> tokens = new ArrayList<>();
    private int start;
    private int at;
    private int line = 1;
    private int open;

    private Lexer(String input) {
        this.input = input;
    }

    /** A reason to stop. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String reason) {
            super(reason, null, false, false);
        }
    }

    static List<Token> tokens(String input) {
        var lexer = new Lexer(input);
        try {
            lexer.text();
            lexer.emit(Kind.END_OF_TEXT);
        } catch (Failure failure) {
            lexer.tokens.add(new Token(Kind.ERROR, lexer.start, failure.getMessage(), lexer.line));
        }
        return lexer.tokens;
    }

    private void text() {
        while (at < input.length()) {
            int left = input.indexOf(LEFT, at);
            if (left < 0) {
                at = input.length();
                emit(Kind.TEXT);
                return;
            }
            boolean trims = isTrimAfter(left + LEFT.length());
            at = left;
            int end = trims ? start + stripEnd(input.substring(start, left)) : left;
            emitText(end);
            leftDelimiter(trims);
        }
    }

    private void leftDelimiter(boolean trims) {
        int marker = trims ? 2 : 0;
        if (input.startsWith(COMMENT, at + LEFT.length() + marker)) {
            at += LEFT.length() + marker;
            comment();
            return;
        }
        at += LEFT.length();
        emit(Kind.LEFT);
        at += marker;
        skip();
        open = 0;
        action();
    }

    private void comment() {
        start = at;
        int end = input.indexOf(COMMENT_END, at + COMMENT.length());
        if (end < 0) {
            throw new Failure("unclosed comment");
        }
        at = end + COMMENT_END.length();
        boolean trims = isTrimBefore(at);
        if (!trims && !input.startsWith(RIGHT, at)) {
            throw new Failure("comment ends before closing delimiter");
        }
        at += (trims ? 2 : 0) + RIGHT.length();
        afterRight(trims);
    }

    private void action() {
        while (true) {
            boolean trims = isTrimBefore(at);
            if (trims || input.startsWith(RIGHT, at)) {
                if (open > 0) {
                    throw new Failure("unclosed left paren");
                }
                at += trims ? 2 : 0;
                skip();
                at += RIGHT.length();
                emit(Kind.RIGHT);
                afterRight(trims);
                return;
            }
            token();
        }
    }

    private void token() {
        int c = next();
        switch (c) {
            case END -> throw new Failure("unclosed action");
            case ' ', '\t', '\r', '\n' -> space();
            case '=' -> emit(Kind.ASSIGN);
            case ':' -> {
                if (next() != '=') {
                    throw new Failure("expected :=");
                }
                emit(Kind.DECLARE);
            }
            case '|' -> emit(Kind.PIPE);
            case '"' -> quote('"', Kind.STRING, "unterminated quoted string");
            case '\'' -> quote('\'', Kind.RUNE, "unterminated character constant");
            case '`' -> rawQuote();
            case '$' -> nameAfter(Kind.VARIABLE, Kind.VARIABLE);
            case '(' -> {
                emit(Kind.LEFT_PAREN);
                open++;
            }
            case ')' -> {
                if (--open < 0) {
                    throw new Failure("unexpected right paren");
                }
                emit(Kind.RIGHT_PAREN);
            }
            case '.' -> {
                if (isDigit(peek())) {
                    number();
                } else {
                    nameAfter(Kind.FIELD, Kind.DOT);
                }
            }
            case '+', '-' -> number();
            default -> other(c);
        }
    }

    private void other(int c) {
        if (isDigit(c)) {
            number();
        } else if (isWordPart(c)) {
            word();
            checkEnd();
            emit(Token.kindOfWord(input.substring(start, at)));
        } else if (c < 0x80 && Quoting.isPrintable(c)) {
            emit(Kind.CHARACTER);
        } else {
            throw new Failure("unrecognized character in action: " + Quoting.name(c));
        }
    }

    private void space() {
        while (isSpace(peek()) && !isTrimBefore(at)) {
            next();
        }
        emit(Kind.SPACE);
    }

    private void nameAfter(Kind kind, Kind alone) {
        if (isTerminated()) {
            emit(alone);
            return;
        }
        word();
        checkEnd();
        emit(kind);
    }

    private void number() {
        at = start;
        while (isWordPart(peek()) || peek() == '.' || isSignInNumber()) {
            next();
        }
        if (!Numeral.isOne(input.substring(start, at))) {
            throw new Failure("bad number syntax: " + Quoting.quote(input.substring(start, at)));
        }
        emit(Kind.NUMBER);
    }

    private boolean isSignInNumber() {
        if (peek() != '+' && peek() != '-') {
            return false;
        }
        char before = at > start ? Character.toLowerCase(input.charAt(at - 1)) : 'e';
        boolean hex = input.regionMatches(true, start, "0x", 0, 2);
        return at == start || before == (hex ? 'p' : 'e');
    }

    private void quote(char mark, Kind kind, String unterminated) {
        for (int c = next(); c != mark; c = next()) {
            if (c == '\\') {
                c = next();
            }
            if (c == END || c == '\n') {
                throw new Failure(unterminated);
            }
        }
        emit(kind);
    }

    private void rawQuote() {
        int end = input.indexOf('`', at);
        if (end < 0) {
            throw new Failure("unterminated raw quoted string");
        }
        at = end + 1;
        emit(Kind.RAW_STRING);
    }

    private void word() {
        while (isWordPart(peek())) {
            next();
        }
    }

    private void checkEnd() {
        if (!isTerminated()) {
            throw new Failure("bad character " + Quoting.name(peek()));
        }
    }

    private boolean isTerminated() {
        int c = peek();
        return c == END || isSpace(c) || ".,|:()".indexOf(c) >= 0 || input.startsWith(RIGHT, at);
    }

    /** Whether a minus and then white space stand there. */
    private boolean isTrimAfter(int index) {
        return index + 1 < input.length() && input.charAt(index) == '-' && isSpace(input.charAt(index + 1));
    }

    /** Whether white space, a minus and the closing delimiter stand there. */
    private boolean isTrimBefore(int index) {
        return index < input.length() && isSpace(input.charAt(index)) && input.startsWith("-" + RIGHT, index + 1);
    }

    private void afterRight(boolean trims) {
        while (trims && isSpace(peek())) {
            next();
        }
        skip();
    }

    private void emitText(int end) {
        if (end > start) {
            tokens.add(new Token(Kind.TEXT, start, input.substring(start, end), line));
        }
        skip();
    }

    private void emit(Kind kind) {
        tokens.add(new Token(kind, start, input.substring(start, at), line));
        skip();
    }

    private void skip() {
        for (int i = start; i < at; i++) {
            line += input.charAt(i) == '\n' ? 1 : 0;
        }
        start = at;
    }

    private int peek() {
        return at < input.length() ? input.codePointAt(at) : END;
    }

    private int next() {
        int c = peek();
        at += c == END ? 0 : Character.charCount(c);
        return c;
    }

    private static int stripEnd(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(int c) {
        return c == '_' || Character.isLetter(c) || Character.isDigit(c);
    }
}
