package io.tributary.alerts.planning;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Aggregator;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Matching;
import io.tributary.promql.ast.NumberLiteral;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.ast.Unary;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.label.Labels;
import java.util.List;

/**
 * Finds the labels by which the evaluation of an expression can be split without changing its answer.
 *
 * <p>Let K be a set of labels, and let two series be in the same <em>cell</em> if they agree on every label in K, one
 * that a series does not have being empty. The claim is this: if K is a subset of {@link #of(Expr)} and not empty, then
 * each element of the answer over all series has in each label of K the value that its cell has, and is there, with
 * these labels and this value, if and only if it is in the answer over the series of that cell alone. So the answer is
 * the disjoint union of the answers over the cells. A cell without series has an empty answer, and any union of cells
 * serves as well as a cell: a shard is one.
 *
 * <p>Proof by induction over the tree; S(e) stands for the result for e.
 *
 * <ul>
 *   <li><em>Selector</em>, S = all labels but the name: an element is made of one series, whose labels it has. A range
 *       and a subquery are the same at several times, and the cell of a series does not change with time. The name is
 *       left out once and for all, since most operations drop it.
 *   <li><em>Function of one vector</em>, S = S(v): each element is made of one element of v, and keeps all its labels
 *       but the name. A scalar argument must not read any series; then it is the same in each cell. Sorting changes an
 *       order that nobody relies on.
 *   <li><em>{@code label_replace}, {@code label_join}</em>: as before, without the label that they set.
 *   <li><em>{@code histogram_quantile} and its like</em>, S(v) without {@code le}: an element is made of all elements
 *       that agree on all labels but {@code le} and the name, hence on K, hence of one cell. Other bounds of the same
 *       histogram are in the same cell.
 *   <li><em>Aggregation {@code by (L)}</em>, S(v) ∩ L: an element is made of a group, whose members agree on L, hence
 *       on K, hence are of one cell; it has the labels L. {@code topk} and {@code bottomk} pick elements within a
 *       group, and keep their labels. <em>{@code without (M)}</em>, S(v) without M, for the same reason.
 *       {@code count_values} sets one label more, which is taken away. {@code limitk} picks by no rule that holds
 *       across stores: S is empty.
 *   <li><em>Join {@code on (L)}</em>, S(l) ∩ S(r) ∩ L: elements meet that agree on L, hence on K, hence are of one
 *       cell, and what comes of them has the labels of L that are not taken over from the other side.
 *       <em>{@code ignoring (M)}</em>, and without either: those labels that must agree, S(l) ∩ S(r) without M. Set
 *       operators ask whether there is a partner, and a partner would be of the same cell. Filled elements stand beside
 *       one that is there.
 *   <li><em>What is there without series, or speaks of all of them</em>, S is empty: {@code vector}, {@code absent},
 *       {@code hour()}, {@code scalar}, and a number as an answer. {@code info} joins by labels that it finds out
 *       itself.
 *   <li>If S is empty there is but one cell: the claim is empty too.
 * </ul>
 *
 * <p>An expression that is in error over all series, for instance since two elements would get the same labels, is in
 * error in those cells that hold the offending series, and has an answer in the others.
 */
public final class Sharding {
    private static final String BUCKET = "le";
    private static final LabelSet SERIES = LabelSet.ALL.minus(List.of(Labels.NAME));

    private Sharding() {}

    /** The labels by which it can be split; empty if it cannot. */
    public static LabelSet of(Expr expr) {
        return expr.type() == ValueType.SCALAR || expr.type() == ValueType.STRING ? LabelSet.NONE : split(expr);
    }

    private static LabelSet split(Expr expr) {
        return switch (expr) {
            case Selector _, RangeSelector _ -> SERIES;
            case Subquery subquery -> split(subquery.expr());
            case Paren paren -> split(paren.expr());
            case Unary unary -> split(unary.expr());
            case Aggregation aggregation -> aggregation(aggregation);
            case Call call -> call(call);
            case Binary binary -> binary(binary);
            case NumberLiteral _, StringLiteral _ -> LabelSet.NONE;
        };
    }

    private static LabelSet aggregation(Aggregation aggregation) {
        if (aggregation.operator() == Aggregator.LIMITK
                || aggregation.parameter().stream().anyMatch(Sharding::readsSeries)) {
            return LabelSet.NONE;
        }
        LabelSet inner = split(aggregation.expr());
        LabelSet kept = aggregation.without()
                ? inner.minus(aggregation.grouping())
                : inner.and(LabelSet.of(aggregation.grouping()));
        return aggregation.operator() == Aggregator.COUNT_VALUES
                ? kept.minus(List.of(text(aggregation.parameter().orElseThrow())))
                : kept;
    }

    private static LabelSet call(Call call) {
        List<Expr> arguments = call.arguments();
        LabelSet kept = arguments.stream().anyMatch(Sharding::isOfSeries) ? SERIES : LabelSet.NONE;
        for (Expr argument : arguments) {
            if (isOfSeries(argument)) {
                kept = kept.and(split(argument));
            } else if (readsSeries(argument)) {
                return LabelSet.NONE;
            }
        }
        return switch (call.function()) {
            case ABSENT, ABSENT_OVER_TIME, SCALAR, VECTOR, INFO -> LabelSet.NONE;
            case LABEL_REPLACE, LABEL_JOIN -> kept.minus(List.of(text(arguments.get(1))));
            case HISTOGRAM_QUANTILE, HISTOGRAM_FRACTION -> kept.minus(List.of(BUCKET));
            case HISTOGRAM_QUANTILES -> kept.minus(List.of(BUCKET, text(arguments.get(1))));
            default -> kept;
        };
    }

    private static LabelSet binary(Binary binary) {
        Expr left = binary.left();
        Expr right = binary.right();
        if (!isOfSeries(left) || !isOfSeries(right)) {
            Expr scalar = isOfSeries(left) ? right : left;
            return readsSeries(scalar) ? LabelSet.NONE : split(isOfSeries(left) ? left : right);
        }
        LabelSet both = split(left).and(split(right));
        Matching matching = binary.matching();
        LabelSet agreed = matching.on() ? both.and(LabelSet.of(matching.labels())) : both.minus(matching.labels());
        return agreed.minus(matching.include());
    }

    private static boolean isOfSeries(Expr expr) {
        return expr.type() == ValueType.VECTOR || expr.type() == ValueType.MATRIX;
    }

    private static boolean readsSeries(Expr expr) {
        return expr instanceof Selector || expr.children().stream().anyMatch(Sharding::readsSeries);
    }

    private static String text(Expr expr) {
        return switch (expr) {
            case StringLiteral literal -> literal.value();
            case Paren paren -> text(paren.expr());
            default -> throw new IllegalStateException("a text in the place of " + expr);
        };
    }
}
