package io.tributary.promql.parser;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.ast.Unary;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.parser.ParseException.Problem;
import java.util.ArrayList;
import java.util.List;

/** Finds what is sound by its syntax, but not by its meaning. */
final class TypeCheck {

    private final String text;
    private final List<Problem> problems = new ArrayList<>();

    private TypeCheck(String text) {
        this.text = text;
    }

    /** All that is wrong, innermost first; empty if nothing is. */
    static List<Problem> problems(Expr expr, String text) {
        var check = new TypeCheck(text);
        check.check(expr);
        return check.problems;
    }

    private void check(Expr expr) {
        switch (expr) {
            case Aggregation aggregation -> aggregation(aggregation);
            case Binary binary -> {
                check(binary.left());
                check(binary.right());
                BinaryCheck.problems(binary, text).forEach(wrong -> add(wrong.span(), wrong.getMessage()));
            }
            case Call call -> call(call);
            case Unary unary -> {
                check(unary.expr());
                ValueType type = unary.type();
                if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
                    add(
                            unary.span(),
                            "unary expression only allowed on expressions of type scalar or instant vector, got "
                                    + LabelText.quote(type.documented()));
                }
            }
            case Subquery subquery -> {
                check(subquery.expr());
                if (subquery.expr().type() != ValueType.VECTOR) {
                    add(
                            subquery.span(),
                            "subquery is only allowed on instant vector, got "
                                    + subquery.expr().type().symbol() + " instead");
                }
            }
            case Selector selector -> selector(selector);
            case RangeSelector range -> selector(range.selector());
            default -> expr.children().forEach(this::check);
        }
    }

    private void aggregation(Aggregation aggregation) {
        expect(aggregation.expr(), ValueType.VECTOR, "aggregation expression");
        aggregation
                .parameter()
                .ifPresent(parameter ->
                        expect(parameter, aggregation.operator().parameter().orElseThrow(), "aggregation parameter"));
    }

    private void call(Call call) {
        Function function = call.function();
        List<Expr> arguments = call.arguments();
        String where = "call to function " + LabelText.quote(function.symbol());
        count(call);
        boolean info = function == Function.INFO && arguments.size() > 1;
        if (info) {
            info(arguments.get(1));
        }
        int known = function.parameters().size();
        for (int i = 0; i < arguments.size() && (i < known || function.variadic() != 0); i++) {
            if (!(info && i == 1)) {
                expect(arguments.get(i), function.parameters().get(Math.min(i, known - 1)), where);
            }
        }
    }

    private void count(Call call) {
        int given = call.arguments().size();
        int parameters = call.function().parameters().size();
        int variadic = call.function().variadic();
        String name = LabelText.quote(call.function().symbol());
        if (variadic == 0) {
            if (given != parameters) {
                add(call.span(), "expected " + parameters + " argument(s) in call to " + name + ", got " + given);
            }
            return;
        }
        int least = parameters - 1;
        if (given < least) {
            add(call.span(), "expected at least " + least + " argument(s) in call to " + name + ", got " + given);
        } else if (variadic > 0 && given > least + variadic) {
            add(
                    call.span(),
                    "expected at most " + (least + variadic) + " argument(s) in call to " + name + ", got " + given);
        }
    }

    /** The second argument of {@code info} is no selector of series, only a list of labels. */
    private void info(Expr labels) {
        if (!(labels instanceof Selector selector)) {
            add(labels.span(), "expected label selectors only");
        } else if (!selector.name().isEmpty()) {
            add(labels.span(), "expected label selectors only, got vector selector instead");
        }
    }

    private void selector(Selector selector) {
        String name = selector.name();
        if (!name.isEmpty()) {
            selector.matchers().stream()
                    .filter(matcher -> matcher.name().equals(Labels.NAME))
                    .filter(matcher -> matcher.operator() != Matcher.Operator.EQUAL
                            || !matcher.value().equals(name))
                    .forEach(matcher -> add(
                            selector.span(),
                            "metric name must not be set twice: " + LabelText.quote(name) + " or "
                                    + LabelText.quote(matcher.value())));
        } else if (selector.matchers().stream().allMatch(matcher -> matcher.matches(""))) {
            add(selector.span(), "vector selector must contain at least one non-empty matcher");
        }
    }

    private void expect(Expr expr, ValueType wanted, String where) {
        check(expr);
        ValueType type = expr.type();
        if (type != wanted) {
            add(expr.span(), "expected type " + wanted.documented() + " in " + where + ", got " + type.documented());
        }
    }

    private void add(Span span, String message) {
        problems.add(Problem.at(span, message, text));
    }
}
