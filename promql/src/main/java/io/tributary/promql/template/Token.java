package io.tributary.promql.template;

import java.util.Map;

/**
 * A piece of a template.
 *
 * @param position index of the first character
 * @param line from 1
 */
record Token(Kind kind, int position, String text, int line) {

    enum Kind {
        /** The text is the reason. */
        ERROR,
        END_OF_TEXT,
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        IDENTIFIER,
        FIELD,
        VARIABLE,
        NUMBER,
        RUNE,
        STRING,
        RAW_STRING,
        BOOLEAN,
        NIL,
        DOT,
        PIPE,
        ASSIGN,
        DECLARE,
        LEFT_PAREN,
        RIGHT_PAREN,
        CHARACTER,
        BLOCK,
        BREAK,
        CONTINUE,
        DEFINE,
        ELSE,
        END,
        IF,
        RANGE,
        TEMPLATE,
        WITH;

        boolean isKeyword() {
            return compareTo(BLOCK) >= 0;
        }
    }

    private static final int SHOWN = 10;
    private static final Map<String, Kind> WORDS = Map.ofEntries(
            Map.entry("true", Kind.BOOLEAN),
            Map.entry("false", Kind.BOOLEAN),
            Map.entry("nil", Kind.NIL),
            Map.entry("block", Kind.BLOCK),
            Map.entry("break", Kind.BREAK),
            Map.entry("continue", Kind.CONTINUE),
            Map.entry("define", Kind.DEFINE),
            Map.entry("else", Kind.ELSE),
            Map.entry("end", Kind.END),
            Map.entry("if", Kind.IF),
            Map.entry("range", Kind.RANGE),
            Map.entry("template", Kind.TEMPLATE),
            Map.entry("with", Kind.WITH));

    static Kind kindOfWord(String word) {
        return WORDS.getOrDefault(word, Kind.IDENTIFIER);
    }

    /** As messages show it. */
    @Override
    public String toString() {
        if (kind == Kind.END_OF_TEXT) {
            return "EOF";
        }
        if (kind == Kind.ERROR) {
            return text;
        }
        if (kind.isKeyword()) {
            return "<" + text + ">";
        }
        return text.codePointCount(0, text.length()) > SHOWN
                ? Quoting.quote(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "..."
                : Quoting.quote(text);
    }
}
