package io.tributary.promql.parser;

import io.tributary.promql.Features.Feature;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.Matching;
import io.tributary.promql.ast.Matching.Cardinality;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.parser.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Reads how elements find each other, after a binary operator, and lists of labels. */
final class MatchingParser {

    private static final String LABELS = "grouping opts";

    private final Tokens tokens;

    MatchingParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Matching matching(BinaryOperator operator) {
        boolean on = tokens.atKeyword("on");
        var cardinality =
                operator.kind() == BinaryOperator.Kind.SET ? Cardinality.MANY_TO_MANY : Cardinality.ONE_TO_ONE;
        List<String> labels = List.of();
        List<String> include = List.of();
        if (on || tokens.atKeyword("ignoring")) {
            tokens.take();
            labels = labels();
            boolean left = tokens.atKeyword("group_left");
            if (left || tokens.atKeyword("group_right")) {
                tokens.take();
                cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
                include = tokens.atSymbol("(") ? labels() : List.of();
            }
        }
        return filled(new Matching(on, labels, cardinality, include, OptionalDouble.empty(), OptionalDouble.empty()));
    }

    private Matching filled(Matching matching) {
        OptionalDouble left = OptionalDouble.empty();
        OptionalDouble right = OptionalDouble.empty();
        if (tokens.atKeyword("fill")) {
            left = fill();
            right = left;
        } else {
            boolean leftFirst = tokens.atKeyword("fill_left");
            left = leftFirst ? fill() : left;
            right = tokens.atKeyword("fill_right") ? fill() : right;
            left = !leftFirst && tokens.atKeyword("fill_left") ? fill() : left;
        }
        return new Matching(matching.on(), matching.labels(), matching.cardinality(), matching.include(), left, right);
    }

    private OptionalDouble fill() {
        Token keyword = tokens.take();
        tokens.require(
                Feature.PROMQL_BINOP_FILL_MODIFIERS,
                keyword.span(),
                "binop fill modifiers are experimental and not enabled");
        tokens.expectSymbol("(", "fill modifier");
        double value = Numbers.signed(tokens, "fill modifier", "number");
        tokens.expectSymbol(")", "fill modifier");
        return OptionalDouble.of(value);
    }

    /** Labels in parentheses, any number of them; a comma may follow the last. */
    List<String> labels() {
        tokens.expectSymbol("(", LABELS);
        var labels = new ArrayList<String>();
        while (!tokens.acceptSymbol(")")) {
            labels.add(label());
            if (!tokens.atSymbol(")") && !tokens.acceptSymbol(",")) {
                throw tokens.unexpected(LABELS, "\",\" or \")\"");
            }
        }
        return labels;
    }

    private String label() {
        Token token = tokens.peek();
        if (!Words.isLabel(token) && token.kind() != Kind.STRING) {
            throw tokens.unexpected(LABELS, "label");
        }
        tokens.take();
        String name = token.kind() == Kind.STRING ? token.value() : token.text();
        if (name.isEmpty()) {
            throw new SyntaxError(token.span(), "invalid label name for grouping: " + LabelText.quote(name));
        }
        return name;
    }
}
