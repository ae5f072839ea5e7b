package io.tributary.promql.parser;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Length;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Shift;
import io.tributary.promql.ast.Span;
import io.tributary.promql.ast.Subquery;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/**
 * How deep a tree may be, so that whoever walks it has enough stack. A chain such as {@code a + b + c} is as deep as it
 * is long.
 */
final class Depth {

    static final int MAX = 1_000;

    private record Level(Object node, int depth) {}

    private Depth() {}

    static void check(Expr root) {
        var open = new ArrayDeque<Level>();
        open.push(new Level(root, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            List<?> inner = level.node instanceof Length length ? within(length) : within((Expr) level.node);
            if (level.depth >= MAX && !inner.isEmpty()) {
                throw exceeded(root.span());
            }
            inner.forEach(node -> open.push(new Level(node, level.depth + 1)));
        }
    }

    static SyntaxError exceeded(Span span) {
        return new SyntaxError(span, "expression is nested deeper than " + MAX + " levels");
    }

    private static List<?> within(Expr expr) {
        Stream<Length> lengths = switch (expr) {
            case Selector selector -> offset(selector.shift());
            case RangeSelector range -> Stream.of(range.range());
            case Subquery subquery ->
                Stream.of(Stream.of(subquery.range()), subquery.step().stream(), offset(subquery.shift()))
                        .flatMap(s -> s);
            default -> Stream.of();
        };
        return Stream.concat(expr.children().stream(), lengths).toList();
    }

    private static Stream<Length> offset(Shift shift) {
        return shift.offset().stream();
    }

    private static List<Length> within(Length length) {
        return switch (length) {
            case Length.Fixed _, Length.Plain _, Length.Step _, Length.Range _ -> List.of();
            case Length.Negated(Length inner, Span _) -> List.of(inner);
            case Length.Wrapped(Length inner, Span _) -> List.of(inner);
            case Length.Combined combined -> List.of(combined.left(), combined.right());
        };
    }
}
