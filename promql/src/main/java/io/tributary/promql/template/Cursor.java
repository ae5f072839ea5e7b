package io.tributary.promql.template;

import io.tributary.promql.template.Token.Kind;
import java.util.List;

/** A place among the tokens of a template. */
final class Cursor {

    private final String name;
    private final List<Token> tokens;
    private int at;
    private int actionLine;

    Cursor(String name, List<Token> tokens) {
        this.name = name;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        at++;
        if (token.kind() == Kind.LEFT) {
            actionLine = token.line();
        }
        return token;
    }

    /** Where the cursor is, to come back. */
    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    Token peekPastSpace() {
        while (peek().kind() == Kind.SPACE) {
            next();
        }
        return peek();
    }

    Token nextPastSpace() {
        peekPastSpace();
        return next();
    }

    Token expect(Kind kind, String context) {
        Token token = nextPastSpace();
        if (token.kind() != kind) {
            throw unexpected(token, context);
        }
        return token;
    }

    TemplateException unexpected(Token token, String context) {
        if (token.kind() != Kind.ERROR) {
            return failure("unexpected " + token + " in " + context);
        }
        String reason = token.text();
        if (actionLine != 0 && actionLine != token.line()) {
            String started = " started at " + name + ":" + actionLine;
            reason += reason.endsWith(" action") ? started : " in action" + started;
        }
        return failure(reason);
    }

    TemplateException failure(String reason) {
        int line = tokens.get(Math.clamp(at - 1, 0, tokens.size() - 1)).line();
        return new TemplateException("template: " + name + ":" + line + ": " + reason);
    }
}
