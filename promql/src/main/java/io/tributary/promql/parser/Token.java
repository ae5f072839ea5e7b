package io.tributary.promql.parser;

import io.tributary.promql.ast.Span;
import io.tributary.promql.label.LabelText;

/**
 * The smallest part of a text that has a meaning.
 *
 * @param text as written
 * @param value of a string, what it stands for; of a keyword or operator, in lower case; otherwise as written
 */
record Token(Kind kind, String text, String value, Span span) {

    /** What a token can be; words in quotes are how messages call it. */
    enum Kind {
        END("end of input"),
        IDENTIFIER("identifier"),
        /** A name with a colon. */
        METRIC_IDENTIFIER("metric identifier"),
        STRING("string"),
        NUMBER("number"),
        DURATION("duration"),
        /** Brackets, commas and the like. */
        SYMBOL(""),
        OPERATOR("op"),
        AGGREGATOR("aggr"),
        KEYWORD(""),
        /** {@code start}, {@code end}, {@code step} and {@code range}. */
        BOUND("");

        private final String called;

        Kind(String called) {
            this.called = called;
        }
    }

    private static final int SHOWN = 10;

    boolean is(Kind wanted, String word) {
        return kind == wanted && value.equals(word);
    }

    boolean isSymbol(String symbol) {
        return is(Kind.SYMBOL, symbol);
    }

    boolean isKeyword(String word) {
        return is(Kind.KEYWORD, word);
    }

    /** As messages call it, for instance {@code identifier "foo"} or {@code <op:+>}. */
    String described() {
        return switch (kind) {
            case END -> kind.called;
            case SYMBOL, BOUND -> LabelText.quote(text);
            case KEYWORD -> "<" + text + ">";
            case OPERATOR, AGGREGATOR -> "<" + kind.called + ":" + text + ">";
            case IDENTIFIER, METRIC_IDENTIFIER -> kind.called + " " + LabelText.quote(text);
            case STRING, NUMBER, DURATION -> kind.called + " " + shortened();
        };
    }

    private String shortened() {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? LabelText.quote(text)
                : LabelText.quote(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "...";
    }
}
