package io.tributary.promql.ast;

import io.tributary.promql.Durations;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.NumberText;
import java.util.List;
import java.util.stream.Collectors;

/** Prints expressions canonically. Parentheses that are no node are put where the tree would not come back without. */
final class Printer {

    /** Signs bind as multiplication does. */
    private static final int SIGN = BinaryOperator.MULTIPLY.precedence();

    private static final int TIGHTEST = Integer.MAX_VALUE;

    private Printer() {}

    static String print(Expr expr) {
        return switch (expr) {
            case NumberLiteral number ->
                number.duration()
                        ? Durations.format(Math.round(number.value() * 1000))
                        : NumberText.plain(number.value());
            case StringLiteral text -> LabelText.quote(text.value());
            case Paren paren -> "(" + paren.expr() + ")";
            case Unary unary -> (unary.negative() ? "-" : "+") + operand(unary.expr(), SIGN + 1);
            case Binary binary -> binary(binary);
            case Aggregation aggregation -> aggregation(aggregation);
            case Call call ->
                call.function().symbol()
                        + call.arguments().stream().map(Expr::toString).collect(Collectors.joining(", ", "(", ")"));
            case Selector selector -> series(selector) + modifiers(selector);
            case RangeSelector range ->
                series(range.selector()) + "[" + LengthPrinter.print(range.range()) + "]" + modifiers(range.selector());
            case Subquery subquery -> subquery(subquery);
        };
    }

    /** With parentheses if it would fall apart where only what binds at least so tightly may stand. */
    private static String operand(Expr expr, int precedence) {
        return precedence(expr) < precedence ? "(" + expr + ")" : expr.toString();
    }

    private static int precedence(Expr expr) {
        return switch (expr) {
            case Binary binary -> binary.operator().precedence();
            case Unary _ -> SIGN;
            case NumberLiteral number -> number.value() < 0 || 1 / number.value() < 0 ? SIGN : TIGHTEST;
            default -> TIGHTEST;
        };
    }

    private static String binary(Binary binary) {
        int precedence = binary.operator().precedence();
        boolean rightward = binary.operator() == BinaryOperator.POWER;
        // A sign at the right of an operator is that operand's, however tightly the operator binds.
        boolean signed = binary.right() instanceof NumberLiteral || binary.right() instanceof Unary;
        return operand(binary.left(), rightward ? precedence + 1 : precedence)
                + " " + binary.operator().symbol()
                + (binary.bool() ? " bool" : "")
                + matching(binary.matching()) + " "
                + (signed ? binary.right() : operand(binary.right(), rightward ? precedence : precedence + 1));
    }

    private static String matching(Matching matching) {
        boolean grouped = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE
                || matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
        var text = new StringBuilder();
        if (matching.on() || !matching.labels().isEmpty() || grouped) {
            text.append(matching.on() ? " on " : " ignoring ").append(names(matching.labels()));
        }
        if (grouped) {
            boolean left = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
            text.append(left ? " group_left " : " group_right ").append(names(matching.include()));
        }
        if (matching.fillLeft().isPresent() && matching.fillLeft().equals(matching.fillRight())) {
            text.append(" fill").append(value(matching.fillLeft().getAsDouble()));
        } else {
            matching.fillLeft().ifPresent(fill -> text.append(" fill_left").append(value(fill)));
            matching.fillRight().ifPresent(fill -> text.append(" fill_right").append(value(fill)));
        }
        return text.toString();
    }

    private static String value(double fill) {
        return " (" + NumberText.plain(fill) + ")";
    }

    private static String aggregation(Aggregation aggregation) {
        var text = new StringBuilder(aggregation.operator().symbol());
        if (aggregation.without() || !aggregation.grouping().isEmpty()) {
            text.append(aggregation.without() ? " without " : " by ")
                    .append(names(aggregation.grouping()))
                    .append(' ');
        }
        text.append('(');
        aggregation.parameter().ifPresent(parameter -> text.append(parameter).append(", "));
        return text.append(aggregation.expr()).append(')').toString();
    }

    private static String names(List<String> names) {
        return names.stream().map(LabelText::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String series(Selector selector) {
        List<Matcher> matchers = selector.matchers().stream()
                .filter(matcher -> !isName(matcher, selector.name()))
                .toList();
        if (matchers.isEmpty()) {
            return selector.name().isEmpty() ? "{}" : selector.name();
        }
        return selector.name() + matchers.stream().map(Printer::matcher).collect(Collectors.joining(",", "{", "}"));
    }

    private static boolean isName(Matcher matcher, String name) {
        return !name.isEmpty()
                && matcher.name().equals(Labels.NAME)
                && matcher.operator() == Matcher.Operator.EQUAL
                && matcher.value().equals(name);
    }

    private static String matcher(Matcher matcher) {
        boolean quotedName = matcher.name().equals(Labels.NAME)
                && matcher.operator() == Matcher.Operator.EQUAL
                && !matcher.value().isEmpty()
                && !LabelText.isPlainMetric(matcher.value());
        return quotedName ? LabelText.quote(matcher.value()) : matcher.toString();
    }

    private static String modifiers(Selector selector) {
        String extension = switch (selector.extension()) {
            case NONE -> "";
            case ANCHORED -> " anchored";
            case SMOOTHED -> " smoothed";
        };
        return extension + shift(selector.shift());
    }

    private static String shift(Shift shift) {
        String at = shift.at()
                .map(time -> switch (time) {
                    case Shift.At.Start _ -> " @ start()";
                    case Shift.At.End _ -> " @ end()";
                    case Shift.At.Time fixed ->
                        " @ " + (fixed.millis() < 0 ? "-" : "")
                                + "%d.%03d".formatted(Math.abs(fixed.millis() / 1000), Math.abs(fixed.millis() % 1000));
                })
                .orElse("");
        return at
                + shift.offset()
                        .map(offset -> " offset " + LengthPrinter.print(offset))
                        .orElse("");
    }

    private static String subquery(Subquery subquery) {
        return operand(subquery.expr(), TIGHTEST)
                + "[" + LengthPrinter.print(subquery.range()) + ":"
                + subquery.step().map(LengthPrinter::print).orElse("") + "]" + shift(subquery.shift());
    }
}
