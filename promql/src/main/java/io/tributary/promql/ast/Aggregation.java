package io.tributary.promql.ast;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Elements of an instant vector combined in groups.
 *
 * @param operator what is done with each group
 * @param parameter of {@code topk} and those like it; otherwise absent
 * @param grouping labels by which groups are told apart, or that are left out with {@code without}
 * @param without whether the labels are those left out
 */
public record Aggregation(
        Aggregator operator, Expr expr, Optional<Expr> parameter, List<String> grouping, boolean without, Span span)
        implements Expr {

    public Aggregation {
        grouping = List.copyOf(grouping);
    }

    @Override
    public ValueType type() {
        return ValueType.VECTOR;
    }

    @Override
    public List<Expr> children() {
        return Stream.concat(parameter.stream(), Stream.of(expr)).toList();
    }

    @Override
    public String toString() {
        return Printer.print(this);
    }
}
