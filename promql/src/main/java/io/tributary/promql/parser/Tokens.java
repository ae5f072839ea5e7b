package io.tributary.promql.parser;

import io.tributary.promql.Features;
import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Span;
import io.tributary.promql.parser.Token.Kind;

/** The tokens that are still to be read, and what all parts of the parser do with them. */
final class Tokens {

    private final Lexer lexer;
    private final Features features;
    private Token next;
    private Token last;
    private int depth;

    Tokens(String text, Features features) {
        this.lexer = new Lexer(text);
        this.features = features;
    }

    Token peek() {
        if (next == null) {
            next = lexer.next();
        }
        return next;
    }

    Token take() {
        last = peek();
        next = null;
        return last;
    }

    boolean atSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean atKeyword(String word) {
        return peek().isKeyword(word);
    }

    boolean atOperator(String symbol) {
        return peek().is(Kind.OPERATOR, symbol);
    }

    boolean atSign() {
        return atOperator("+") || atOperator("-");
    }

    boolean acceptSymbol(String symbol) {
        boolean there = atSymbol(symbol);
        if (there) {
            take();
        }
        return there;
    }

    boolean acceptKeyword(String word) {
        boolean there = atKeyword(word);
        if (there) {
            take();
        }
        return there;
    }

    /** Takes the symbol, which must come next. */
    Token expectSymbol(String symbol, String where) {
        if (!atSymbol(symbol)) {
            throw unexpected(where, "\"" + symbol + "\"");
        }
        return take();
    }

    /** From the token to the one that was taken last. */
    Span since(Token first) {
        return Span.over(first.span(), last.span());
    }

    Span since(Span first) {
        return Span.over(first, last.span());
    }

    /** What is next must not be there; the texts are left out of the message if they are empty. */
    SyntaxError unexpected(String where, String expected) {
        return new SyntaxError(
                peek().span(),
                "unexpected "
                        + peek().described()
                        + (where.isEmpty() ? "" : " in " + where)
                        + (expected.isEmpty() ? "" : ", expected " + expected));
    }

    /** Goes on only if the feature is switched on. */
    void require(Feature feature, Span span, String message) {
        if (!features.has(feature)) {
            throw new SyntaxError(span, message + ", it must be enabled with --enable-feature=" + feature.flag());
        }
    }

    /** One level further in. */
    void descend() {
        if (++depth > Depth.MAX) {
            throw Depth.exceeded(peek().span());
        }
    }

    /** Back out of that level. */
    void ascend() {
        depth--;
    }
}
