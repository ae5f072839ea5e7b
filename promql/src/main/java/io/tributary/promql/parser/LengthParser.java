package io.tributary.promql.parser;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Length;
import io.tributary.promql.ast.Span;
import io.tributary.promql.parser.Token.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Reads lengths of time: numbers, durations, and expressions of both. */
final class LengthParser {

    private static final String EXPECTED = "number, duration, step(), or range()";

    private static final Map<String, Length.Operator> FUNCTIONS =
            Map.of("min_of", Length.Operator.MINIMUM, "max_of", Length.Operator.MAXIMUM);

    private final Tokens tokens;

    LengthParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** After {@code offset}: one length with or without a sign; what follows belongs to the expression around. */
    Length offset() {
        return inSeconds(signed(() -> unsigned("offset", EXPECTED)));
    }

    /** After {@code [}. */
    Length range() {
        return positive(expression(1, "subquery or range selector", EXPECTED));
    }

    /** After the colon of a subquery. */
    Length step() {
        return positive(expression(1, "subquery selector", "number, duration, step(), range(), or \"]\""));
    }

    private Length expression(int minimum, String where, String expected) {
        tokens.descend();
        Length left = operand(where, expected);
        for (var operator = operator(); operator != null && operator.precedence() >= minimum; operator = operator()) {
            Token sign = tokens.take();
            int next = operator.precedence() + (operator == Length.Operator.POWER ? 0 : 1);
            Length right = expression(next, where, expected);
            checkDivisor(operator, right, sign);
            left = experimental(new Length.Combined(operator, left, right, Span.over(left.span(), right.span())));
        }
        tokens.ascend();
        return left;
    }

    private Length.Operator operator() {
        for (Length.Operator operator : Length.Operator.values()) {
            if (tokens.atOperator(operator.symbol())) {
                return operator;
            }
        }
        return null;
    }

    private Length operand(String where, String expected) {
        return tokens.atSign()
                ? signed(() -> expression(Length.Operator.POWER.precedence(), where, expected))
                : unsigned(where, expected);
    }

    private Length signed(Supplier<Length> length) {
        Token first = tokens.peek();
        if (!tokens.atSign()) {
            return length.get();
        }
        tokens.take();
        Length positive = length.get();
        return first.value().equals("-") ? negated(positive, tokens.since(first)) : positive;
    }

    private Length unsigned(String where, String expected) {
        Token token = tokens.peek();
        if (Numbers.isNumber(token)) {
            tokens.take();
            return token.kind() == Kind.DURATION
                    ? new Length.Fixed(Numbers.millis(token), token.span())
                    : new Length.Plain(Numbers.value(token), token.span());
        }
        if (tokens.acceptSymbol("(")) {
            Length inner = expression(1, where, expected);
            tokens.expectSymbol(")", "duration expression");
            return experimental(new Length.Wrapped(inner, tokens.since(token)));
        }
        if (token.is(Kind.BOUND, "step") || token.is(Kind.BOUND, "range")) {
            tokens.take();
            closed(where, expected);
            return experimental(
                    token.value().equals("step")
                            ? new Length.Step(tokens.since(token))
                            : new Length.Range(tokens.since(token)));
        }
        Length.Operator function =
                token.kind() == Kind.STRING ? null : FUNCTIONS.get(token.text().toLowerCase(Locale.ROOT));
        if (function == null) {
            throw tokens.unexpected(where, expected);
        }
        tokens.take();
        return call(function, token, where, expected);
    }

    /** The empty parentheses of {@code step()} and {@code range()}. */
    private void closed(String where, String expected) {
        if (!tokens.acceptSymbol("(")) {
            throw tokens.unexpected(where, expected);
        }
        tokens.expectSymbol(")", "duration expression");
    }

    private Length call(Length.Operator function, Token name, String where, String expected) {
        tokens.expectSymbol("(", "duration expression");
        Length left = expression(1, where, expected);
        tokens.expectSymbol(",", "duration expression");
        Length right = expression(1, where, expected);
        tokens.expectSymbol(")", "duration expression");
        return experimental(new Length.Combined(function, left, right, tokens.since(name)));
    }

    private Length experimental(Length length) {
        tokens.require(Feature.PROMQL_DURATION_EXPR, length.span(), "experimental duration expression is not enabled");
        return length;
    }

    private Length negated(Length length, Span span) {
        return switch (length) {
            case Length.Fixed(long millis, Span _) -> new Length.Fixed(-millis, span);
            case Length.Plain(double value, Span _) -> new Length.Plain(-value, span);
            default -> experimental(new Length.Negated(length, span));
        };
    }

    private static Length inSeconds(Length length) {
        return length instanceof Length.Plain(double seconds, Span span)
                ? new Length.Fixed(Numbers.millis(seconds, span), span)
                : length;
    }

    private static Length positive(Length length) {
        Length inSeconds = inSeconds(length);
        if (inSeconds instanceof Length.Fixed(long millis, Span span) && millis <= 0) {
            throw new SyntaxError(span, "duration must be greater than 0");
        }
        return inSeconds;
    }

    private static void checkDivisor(Length.Operator operator, Length divisor, Token sign) {
        boolean zero = switch (divisor) {
            case Length.Plain(double value, Span _) -> value == 0;
            case Length.Fixed(long millis, Span _) -> millis == 0;
            default -> false;
        };
        if (zero && operator == Length.Operator.DIVIDE) {
            throw new SyntaxError(sign.span(), "division by zero");
        }
        if (zero && operator == Length.Operator.MODULO) {
            throw new SyntaxError(sign.span(), "modulo by zero");
        }
    }
}
