package io.tributary.promql.parser;

import io.tributary.promql.label.Quoted;
import io.tributary.promql.parser.Token.Kind;

/** Reads a quoted string. */
final class StringLexer {

    private final Characters input;

    StringLexer(Characters input) {
        this.input = input;
    }

    Token next() {
        int quote = input.take();
        boolean escapes = quote != '`';
        for (int c = input.take(); c != quote; c = input.take()) {
            if (c == Characters.END || (c == '\n' && escapes)) {
                throw input.error(escapes ? "unterminated quoted string" : "unterminated raw string");
            }
            // What was not UTF-8 has become the replacement character when the text was decoded.
            if (c == 0xFFFD || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw input.error("invalid UTF-8 rune");
            }
            if (c == '\\' && escapes && input.take() == Characters.END) {
                throw input.error("escape sequence not terminated");
            }
        }
        try {
            return input.token(Kind.STRING, Quoted.unquote(input.taken()));
        } catch (IllegalArgumentException e) {
            throw input.error(e.getMessage());
        }
    }
}
