package io.tributary.promql.parser;

import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Shift;
import io.tributary.promql.ast.Span;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads what selects series: a name, matchers in braces, or both. */
final class SelectorParser {

    private static final String WHERE = "label matching";

    private static final Map<String, Matcher.Operator> OPERATORS = Map.of(
            "=", Matcher.Operator.EQUAL,
            "!=", Matcher.Operator.NOT_EQUAL,
            "=~", Matcher.Operator.MATCHES,
            "!~", Matcher.Operator.NOT_MATCHES);

    private final Tokens tokens;

    SelectorParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** After a name. */
    Selector named(Token name) {
        var matchers = new ArrayList<Matcher>();
        if (tokens.atSymbol("{")) {
            matchers.addAll(braces());
        }
        matchers.add(new Matcher(Labels.NAME, Matcher.Operator.EQUAL, name.text()));
        return selector(name.text(), matchers, tokens.since(name));
    }

    /** Without a name before the braces. */
    Selector unnamed() {
        Token first = tokens.peek();
        return selector("", braces(), tokens.since(first));
    }

    private static Selector selector(String name, List<Matcher> matchers, Span span) {
        return new Selector(name, matchers, Shift.NONE, Selector.Extension.NONE, span);
    }

    private List<Matcher> braces() {
        var matchers = new ArrayList<Matcher>();
        tokens.take();
        while (!tokens.acceptSymbol("}")) {
            matchers.add(matcher());
            if (!tokens.atSymbol("}") && !tokens.acceptSymbol(",")) {
                throw tokens.unexpected(WHERE, "\",\" or \"}\"");
            }
        }
        return matchers;
    }

    private Matcher matcher() {
        Token label = tokens.peek();
        if (label.kind() != Kind.IDENTIFIER && label.kind() != Kind.STRING) {
            throw tokens.unexpected(WHERE, "identifier or \"}\"");
        }
        tokens.take();
        Matcher.Operator operator = OPERATORS.get(tokens.peek().text());
        if (operator == null) {
            if (label.kind() == Kind.STRING) {
                return new Matcher(Labels.NAME, Matcher.Operator.EQUAL, label.value());
            }
            throw tokens.unexpected(WHERE, "label matching operator");
        }
        tokens.take();
        if (tokens.peek().kind() != Kind.STRING) {
            throw tokens.unexpected(WHERE, "string");
        }
        Token value = tokens.take();
        try {
            return new Matcher(label.value(), operator, value.value());
        } catch (IllegalArgumentException e) {
            throw new SyntaxError(Span.over(label.span(), value.span()), e.getMessage());
        }
    }
}
