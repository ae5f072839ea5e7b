package io.tributary.promql.parser;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Span;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.ParseException.Problem;
import io.tributary.promql.parser.Token.Kind;
import java.util.List;
import java.util.function.Function;

/**
 * Parses PromQL as Prometheus 3 does; see Prometheus's documentation, "Querying basics" and "Operators". Messages are
 * Prometheus's, where it has one.
 */
public final class Parser {

    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1_000_000;

    private Parser() {}

    /**
     * The tree of an expression, which is of sound syntax and types.
     *
     * @param features what of the experimental language may be used
     * @throws ParseException if the text is no valid expression, nested too deeply, or too long
     */
    public static Expr parse(String text, Features features) {
        return syntax(text, features, tokens -> {
            if (tokens.peek().kind() == Kind.END) {
                throw new SyntaxError(tokens.peek().span(), "no expression found in input");
            }
            Expr expr = new ExpressionParser(tokens).expression();
            Depth.check(expr);
            List<Problem> problems = TypeCheck.problems(expr, text);
            if (!problems.isEmpty()) {
                throw new ParseException(problems);
            }
            return expr;
        });
    }

    /**
     * The matchers of a selector such as {@code up{job="a"}}, as requests for series have them.
     *
     * @throws ParseException if the text is no selector
     */
    public static List<Matcher> parseSelector(String text) {
        return syntax(text, Features.STABLE, tokens -> {
            var selectors = new SelectorParser(tokens);
            if (tokens.atSymbol("{")) {
                return selectors.unnamed().matchers();
            }
            if (!Words.isMetric(tokens.peek())) {
                throw tokens.unexpected("", "");
            }
            Selector selector = selectors.named(tokens.take());
            return selector.matchers();
        });
    }

    private static <T> T syntax(String text, Features features, Function<Tokens, T> parse) {
        try {
            if (text.length() > MAX_LENGTH) {
                throw new SyntaxError(
                        new Span(MAX_LENGTH, text.length()),
                        "expression of " + text.length() + " characters is too long, expected at most " + MAX_LENGTH);
            }
            var tokens = new Tokens(text, features);
            T parsed = parse.apply(tokens);
            if (tokens.peek().kind() != Kind.END) {
                throw tokens.unexpected("", "");
            }
            return parsed;
        } catch (SyntaxError e) {
            throw new ParseException(List.of(Problem.at(e.span(), e.getMessage(), text)));
        }
    }
}
