package io.tributary.promql.parser;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Aggregator;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.NumberLiteral;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.ast.Unary;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.parser.Token.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads expressions by precedence: an operator takes what follows it only as long as that binds more tightly. */
final class ExpressionParser {

    private static final Map<String, BinaryOperator> OPERATORS =
            Arrays.stream(BinaryOperator.values()).collect(Collectors.toMap(BinaryOperator::symbol, o -> o));

    private final Tokens tokens;
    private final SelectorParser selectors;
    private final ModifierParser modifiers;
    private final MatchingParser matchings;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.selectors = new SelectorParser(tokens);
        this.modifiers = new ModifierParser(tokens);
        this.matchings = new MatchingParser(tokens);
    }

    Expr expression() {
        return expression(BinaryOperator.OR.precedence());
    }

    private Expr expression(int minimum) {
        tokens.descend();
        Expr left = tokens.atSign() ? unary() : modifiers.modified(operand());
        for (var operator = operator(); operator != null && operator.precedence() >= minimum; operator = operator()) {
            tokens.take();
            boolean bool = tokens.acceptKeyword("bool");
            var matching = matchings.matching(operator);
            Expr right = expression(operator.precedence() + (operator == BinaryOperator.POWER ? 0 : 1));
            left = new Binary(operator, left, right, bool, matching, Span.over(left.span(), right.span()));
        }
        tokens.ascend();
        return left;
    }

    /** The operator that comes next, null if none does. */
    private BinaryOperator operator() {
        Token token = tokens.peek();
        return token.kind() == Kind.OPERATOR ? OPERATORS.get(token.value()) : null;
    }

    private Expr unary() {
        Token sign = tokens.take();
        boolean negative = sign.value().equals("-");
        Expr operand = expression(BinaryOperator.POWER.precedence());
        Span span = tokens.since(sign);
        return operand instanceof NumberLiteral(double value, boolean duration, Span _)
                ? new NumberLiteral(negative ? -value : value, duration, span)
                : new Unary(negative, operand, span);
    }

    private Expr operand() {
        Token token = tokens.peek();
        if (Numbers.isNumber(token)) {
            tokens.take();
            return new NumberLiteral(Numbers.value(token), token.kind() == Kind.DURATION, token.span());
        }
        if (token.kind() == Kind.STRING) {
            tokens.take();
            return new StringLiteral(token.value(), token.span());
        }
        if (tokens.acceptSymbol("(")) {
            Expr inner = expression();
            tokens.expectSymbol(")", "");
            return new Paren(inner, tokens.since(token));
        }
        if (tokens.atSymbol("{")) {
            return selectors.unnamed();
        }
        if (!Words.isMetric(token)) {
            throw tokens.unexpected("", "");
        }
        tokens.take();
        if (token.kind() == Kind.AGGREGATOR
                && (tokens.atSymbol("(") || tokens.atKeyword("by") || tokens.atKeyword("without"))) {
            return aggregation(token);
        }
        return tokens.atSymbol("(") && (token.kind() == Kind.IDENTIFIER || token.kind() == Kind.BOUND)
                ? call(token)
                : selectors.named(token);
    }

    private Aggregation aggregation(Token name) {
        Optional<Grouping> before = grouping();
        if (!tokens.atSymbol("(")) {
            throw tokens.unexpected("aggregation", "");
        }
        List<Expr> arguments = arguments();
        Grouping grouping = before.or(this::grouping).orElse(new Grouping(List.of(), false));
        var aggregator = Aggregator.valueOf(name.value().toUpperCase(Locale.ROOT));
        Span span = tokens.since(name);
        check(aggregator, arguments.size(), span);
        return new Aggregation(
                aggregator,
                arguments.getLast(),
                arguments.size() == 2 ? Optional.of(arguments.getFirst()) : Optional.empty(),
                grouping.labels,
                grouping.without,
                span);
    }

    private record Grouping(List<String> labels, boolean without) {}

    private Optional<Grouping> grouping() {
        boolean without = tokens.atKeyword("without");
        if (!without && !tokens.atKeyword("by")) {
            return Optional.empty();
        }
        tokens.take();
        return Optional.of(new Grouping(matchings.labels(), without));
    }

    private void check(Aggregator aggregator, int arguments, Span span) {
        if (arguments == 0) {
            throw new SyntaxError(span, "no arguments for aggregate expression provided");
        }
        if (aggregator.experimental()) {
            tokens.require(Feature.PROMQL_EXPERIMENTAL_FUNCTIONS, span, aggregator.symbol() + "() is experimental");
        }
        int expected = aggregator.parameter().isPresent() ? 2 : 1;
        if (arguments != expected) {
            throw new SyntaxError(
                    span,
                    "wrong number of arguments for aggregate expression provided, expected " + expected + ", got "
                            + arguments);
        }
    }

    private Call call(Token name) {
        List<Expr> arguments = arguments();
        String quoted = LabelText.quote(name.text());
        Function function = Function.of(name.text())
                .orElseThrow(() -> new SyntaxError(name.span(), "unknown function with name " + quoted));
        if (function.experimental()) {
            tokens.require(
                    Feature.PROMQL_EXPERIMENTAL_FUNCTIONS, name.span(), "function " + quoted + " is not enabled");
        }
        return new Call(function, arguments, tokens.since(name));
    }

    private List<Expr> arguments() {
        tokens.take();
        var arguments = new ArrayList<Expr>();
        if (tokens.acceptSymbol(")")) {
            return arguments;
        }
        do {
            arguments.add(expression());
        } while (comma());
        tokens.expectSymbol(")", "");
        return arguments;
    }

    private boolean comma() {
        Token comma = tokens.peek();
        boolean there = tokens.acceptSymbol(",");
        if (there && tokens.atSymbol(")")) {
            throw new SyntaxError(comma.span(), "trailing commas not allowed in function call args");
        }
        return there;
    }
}
