package io.tributary.promql.parser;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator.Kind;
import io.tributary.promql.ast.Matching;
import io.tributary.promql.ast.Matching.Cardinality;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.label.LabelText;
import java.util.ArrayList;
import java.util.List;

/** What operators ask of their operands and of how these find each other. */
final class BinaryCheck {

    private final Binary binary;
    private final String text;
    private final List<SyntaxError> problems = new ArrayList<>();

    private BinaryCheck(Binary binary, String text) {
        this.binary = binary;
        this.text = text;
    }

    static List<SyntaxError> problems(Binary binary, String text) {
        var check = new BinaryCheck(binary, text);
        ValueType left = binary.left().type();
        ValueType right = binary.right().type();
        check.comparison(left, right);
        check.labels();
        check.operand(binary.left().span(), left);
        check.operand(binary.right().span(), right);
        check.matching(left == ValueType.VECTOR && right == ValueType.VECTOR);
        check.sets(left, right);
        return check.problems;
    }

    private void comparison(ValueType left, ValueType right) {
        boolean comparison = binary.operator().kind() == Kind.COMPARISON;
        if (binary.bool() && !comparison) {
            add(operator(), "bool modifier can only be used on comparison operators");
        }
        if (comparison && !binary.bool() && left == ValueType.SCALAR && right == ValueType.SCALAR) {
            add(operator(), "comparisons between scalars must use BOOL modifier");
        }
    }

    private void labels() {
        Matching matching = binary.matching();
        if (matching.on()) {
            matching.labels().stream()
                    .filter(matching.include()::contains)
                    .forEach(label -> add(
                            operator(),
                            "label " + LabelText.quote(label) + " must not occur in ON and GROUP clause at once"));
        }
    }

    private void operand(Span span, ValueType type) {
        if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
            add(span, "binary expression must contain only scalar and instant vector types");
        }
    }

    private void matching(boolean vectors) {
        Matching matching = binary.matching();
        boolean fills = matching.fillLeft().isPresent() || matching.fillRight().isPresent();
        if (!vectors) {
            if (!matching.labels().isEmpty()) {
                add(binary.span(), "vector matching only allowed between instant vectors");
            }
            if (fills) {
                add(binary.span(), "filling in missing series only allowed between instant vectors");
            }
        } else if (binary.operator().kind() == Kind.SET) {
            if (matching.cardinality() != Cardinality.MANY_TO_MANY) {
                add(binary.span(), "no grouping allowed for " + symbol() + " operation");
                add(binary.span(), "set operations must always be many-to-many");
            }
            if (fills) {
                add(binary.span(), "filling in missing series not allowed for set operators");
            }
        }
    }

    private void sets(ValueType left, ValueType right) {
        if (binary.operator().kind() == Kind.SET && (left == ValueType.SCALAR || right == ValueType.SCALAR)) {
            add(binary.span(), "set operator " + symbol() + " not allowed in binary scalar expression");
        }
    }

    private String symbol() {
        return LabelText.quote(binary.operator().symbol());
    }

    /** Where the operator and its modifiers are: what is between the operands. */
    private Span operator() {
        int from = binary.left().span().end();
        int to = binary.right().span().start();
        String between = text.substring(from, to);
        return new Span(from + between.length() - between.stripLeading().length(), to);
    }

    private void add(Span span, String message) {
        problems.add(new SyntaxError(span, message));
    }
}
