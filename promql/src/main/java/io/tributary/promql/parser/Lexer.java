package io.tributary.promql.parser;

import io.tributary.promql.parser.Token.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a text into tokens, from left to right, as they are asked for. What a character means depends on whether a brace
 * or a bracket is open.
 */
final class Lexer {

    /** The words that mean something between brackets, where no names are. */
    private static final Set<String> LENGTHS = Set.of("step", "range", "min_of", "max_of");

    private final Characters input;
    private int parentheses;
    private boolean brace;
    private boolean bracket;
    private boolean lengthSeen;
    private boolean colonSeen;

    Lexer(String text) {
        this.input = new Characters(text);
    }

    /** The next token; after the last one {@link Kind#END}, again and again. */
    Token next() {
        input.skipBlanksAndComments();
        int c = input.peek();
        if (brace) {
            return inBraces(c);
        }
        if (c == Characters.END) {
            return end();
        }
        if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(input.peekSecond()))) {
            lengthSeen = true;
            return new NumberLexer(input).next();
        }
        if (Characters.isLetter(c) || (c == ':' && !bracket)) {
            return bracket ? lengthWord() : word();
        }
        return switch (c) {
            case '"', '\'', '`' -> new StringLexer(input).next();
            case '*', '%', '+', '-', '^', '@', '/' -> operator(1);
            case '<', '>' -> operator(input.peekSecond() == '=' || input.peekSecond() == '/' ? 2 : 1);
            case '=' -> equals();
            case '!' -> notEquals();
            case '(', ')', '[', ']', '{', ':', ',' -> symbol(c);
            default -> throw unexpected(bracket && !lengthSeen ? " in duration expression" : "", c);
        };
    }

    private Token end() {
        if (bracket && !lengthSeen) {
            throw input.error("unexpected end of input in duration expression");
        }
        if (parentheses != 0) {
            throw input.error("unclosed left parenthesis");
        }
        if (bracket) {
            throw input.error("unclosed left bracket");
        }
        return input.token(Kind.END);
    }

    private Token symbol(int c) {
        switch (c) {
            case '(' -> parentheses++;
            case ')' -> {
                if (--parentheses < 0) {
                    throw input.error("unexpected right parenthesis ')'");
                }
            }
            case '{' -> {
                if (bracket) {
                    throw unexpected(" in duration expression", c);
                }
                brace = true;
            }
            case '[' -> {
                if (bracket) {
                    throw input.error("unexpected left bracket '['");
                }
                bracket = true;
                lengthSeen = false;
                colonSeen = false;
            }
            case ']' -> {
                if (!bracket) {
                    throw input.error("unexpected right bracket ']'");
                }
                bracket = false;
            }
            case ':' -> {
                if (colonSeen) {
                    throw input.error("unexpected colon ':'");
                }
                colonSeen = true;
            }
            default -> {}
        }
        input.advance();
        return input.token(Kind.SYMBOL);
    }

    private Token operator(int length) {
        input.advance(length);
        return input.token(Kind.OPERATOR);
    }

    private Token equals() {
        int second = input.peekSecond();
        if (second == '~') {
            throw input.error("unexpected character after '=': '~'");
        }
        return second == '=' ? operator(2) : symbol('=');
    }

    private Token notEquals() {
        int second = input.peekSecond();
        if (second != '=') {
            throw input.error("unexpected character after '!': " + Characters.quote(second));
        }
        return operator(2);
    }

    private Token word() {
        String word = input.takeWhile(c -> Characters.isLetterOrDigit(c) || c == ':');
        Kind kind = Words.needsParenthesis(word) && !input.parenthesisFollows() ? Kind.IDENTIFIER : Words.kindOf(word);
        return kind == Kind.IDENTIFIER || kind == Kind.METRIC_IDENTIFIER
                ? input.token(kind)
                : input.token(kind, word.toLowerCase(Locale.ROOT));
    }

    private Token lengthWord() {
        int first = input.peek();
        String word = input.takeWhile(Characters::isLetter).toLowerCase(Locale.ROOT);
        if (LENGTHS.contains(word)) {
            return input.token(Kind.BOUND, word);
        }
        throw lengthSeen
                ? input.error("unexpected character: " + Characters.quote(first) + ", expected ':'")
                : unexpected(" in duration expression", first);
    }

    /** Between braces there are names, strings and what compares them. */
    private Token inBraces(int c) {
        if (c == Characters.END) {
            throw input.error("unexpected end of input inside braces");
        }
        if (Characters.isLetter(c)) {
            input.takeWhile(Characters::isLetterOrDigit);
            return input.token(Kind.IDENTIFIER);
        }
        int second = input.peekSecond();
        return switch (c) {
            case '"', '\'', '`' -> new StringLexer(input).next();
            case ',' -> symbol(c);
            case '}' -> {
                brace = false;
                yield symbol(c);
            }
            case '=' -> second == '~' ? operator(2) : symbol(c);
            case '!' -> {
                if (second == '~' || second == '=') {
                    yield operator(2);
                }
                throw input.error("unexpected character after '!' inside braces: " + Characters.quote(second));
            }
            case '{' -> throw input.error("unexpected left brace '{'");
            default -> throw unexpected(" inside braces", c);
        };
    }

    private SyntaxError unexpected(String where, int c) {
        return input.error("unexpected character" + where + ": " + Characters.quote(c));
    }
}
