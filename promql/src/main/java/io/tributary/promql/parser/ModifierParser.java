package io.tributary.promql.parser;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Length;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Selector.Extension;
import io.tributary.promql.ast.Shift;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.parser.Token.Kind;
import java.util.Locale;
import java.util.Optional;

/** Reads what may follow an operand: ranges, {@code offset}, {@code @}, {@code anchored} and {@code smoothed}. */
final class ModifierParser {

    private final Tokens tokens;
    private final LengthParser lengths;

    ModifierParser(Tokens tokens) {
        this.tokens = tokens;
        this.lengths = new LengthParser(tokens);
    }

    /** The operand with all that follows it. */
    Expr modified(Expr operand) {
        Expr expr = operand;
        while (true) {
            if (tokens.atSymbol("[")) {
                expr = range(expr);
            } else if (tokens.acceptKeyword("offset")) {
                expr = offset(expr);
            } else if (tokens.atOperator("@")) {
                tokens.take();
                expr = at(expr);
            } else if (tokens.acceptKeyword("anchored")) {
                expr = extended(expr, Extension.ANCHORED);
            } else if (tokens.acceptKeyword("smoothed")) {
                expr = extended(expr, Extension.SMOOTHED);
            } else {
                return expr;
            }
        }
    }

    private Expr range(Expr expr) {
        Token bracket = tokens.take();
        Length range = lengths.range();
        if (tokens.acceptSymbol("]")) {
            return rangeSelector(expr, range, bracket);
        }
        if (!tokens.acceptSymbol(":")) {
            throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
        }
        Optional<Length> step = tokens.atSymbol("]") ? Optional.empty() : Optional.of(lengths.step());
        tokens.expectSymbol("]", "subquery selector");
        return new Subquery(expr, range, step, Shift.NONE, tokens.since(expr.span()));
    }

    private RangeSelector rangeSelector(Expr expr, Length range, Token bracket) {
        Span brackets = tokens.since(bracket);
        if (!(expr instanceof Selector selector)) {
            throw new SyntaxError(brackets, "ranges only allowed for vector selectors");
        }
        if (selector.shift().offset().isPresent()) {
            throw new SyntaxError(brackets, "no offset modifiers allowed before range");
        }
        if (selector.shift().at().isPresent()) {
            throw new SyntaxError(brackets, "no @ modifiers allowed before range");
        }
        return new RangeSelector(selector, range, tokens.since(expr.span()));
    }

    private Expr offset(Expr expr) {
        Length offset = lengths.offset();
        Shift shift = shiftOf(expr, "offset modifier");
        if (shift.offset().isPresent()) {
            throw new SyntaxError(expr.span(), "offset may not be set multiple times");
        }
        return shifted(expr, new Shift(Optional.of(offset), shift.at()));
    }

    private Expr at(Expr expr) {
        Shift.At at = time(expr);
        Shift shift = shiftOf(expr, "@ modifier");
        if (shift.at().isPresent()) {
            throw new SyntaxError(expr.span(), "@ <timestamp> may not be set multiple times");
        }
        return shifted(expr, new Shift(shift.offset(), Optional.of(at)));
    }

    private Shift.At time(Expr expr) {
        boolean start = tokens.peek().is(Kind.BOUND, "start");
        if (start || tokens.peek().is(Kind.BOUND, "end")) {
            tokens.take();
            if (!tokens.acceptSymbol("(")) {
                throw tokens.unexpected("@", "timestamp");
            }
            if (!tokens.acceptSymbol(")")) {
                throw tokens.unexpected("@", "timestamp");
            }
            return start ? new Shift.At.Start() : new Shift.At.End();
        }
        double seconds = Numbers.signed(tokens, "@", "timestamp");
        // As seconds, so far away that not even milliseconds would matter: the bound is that of Prometheus.
        if (!(Math.abs(seconds) < Long.MAX_VALUE)) {
            throw new SyntaxError(
                    expr.span(),
                    "timestamp out of bounds for @ modifier: "
                            + (Double.isFinite(seconds) ? String.format(Locale.ROOT, "%f", seconds) : named(seconds)));
        }
        return new Shift.At.Time(Math.round(seconds * 1000));
    }

    private static String named(double seconds) {
        return Double.isNaN(seconds) ? "NaN" : seconds > 0 ? "+Inf" : "-Inf";
    }

    private static Shift shiftOf(Expr expr, String modifier) {
        return switch (expr) {
            case Selector selector -> selector.shift();
            case RangeSelector range -> range.selector().shift();
            case Subquery subquery -> subquery.shift();
            default ->
                throw new SyntaxError(
                        expr.span(),
                        modifier + " must be preceded by an instant vector selector or range vector selector or a"
                                + " subquery");
        };
    }

    private Expr shifted(Expr expr, Shift shift) {
        Span span = tokens.since(expr.span());
        return switch (expr) {
            case Selector s -> new Selector(s.name(), s.matchers(), shift, s.extension(), span);
            case RangeSelector r -> new RangeSelector((Selector) shifted(r.selector(), shift), r.range(), span);
            case Subquery s -> new Subquery(s.expr(), s.range(), s.step(), shift, span);
            default -> throw new IllegalStateException("nothing that can be shifted: " + expr);
        };
    }

    private Expr extended(Expr expr, Extension extension) {
        String modifier = extension.name().toLowerCase(Locale.ROOT) + " modifier";
        tokens.require(
                Feature.PROMQL_EXTENDED_RANGE_SELECTORS, expr.span(), modifier + " is experimental and not enabled");
        Span span = tokens.since(expr.span());
        return switch (expr) {
            case Selector s -> {
                if (s.extension() != Extension.NONE && s.extension() != extension) {
                    throw new SyntaxError(expr.span(), "anchored and smoothed modifiers cannot be used together");
                }
                yield new Selector(s.name(), s.matchers(), s.shift(), extension, span);
            }
            case RangeSelector r -> new RangeSelector((Selector) extended(r.selector(), extension), r.range(), span);
            case Subquery _ -> throw new SyntaxError(expr.span(), modifier + " is not supported for subqueries");
            default -> throw new SyntaxError(expr.span(), modifier + " not implemented");
        };
    }
}
