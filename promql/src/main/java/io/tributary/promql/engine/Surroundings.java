package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Function;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.ast.Subquery;
import io.tributary.promql.storage.SelectHints;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** For each selector of a query, what stands around it. */
final class Surroundings {

    private static final Set<Function> OF_TOTALS =
            EnumSet.of(Function.HISTOGRAM_COUNT, Function.HISTOGRAM_SUM, Function.HISTOGRAM_AVG);
    private static final Set<Function> OF_BUCKETS =
            EnumSet.of(Function.HISTOGRAM_QUANTILE, Function.HISTOGRAM_QUANTILES, Function.HISTOGRAM_FRACTION);
    private static final Around NOTHING = new Around(new SelectHints(0, 0, "", List.of(), false), false);

    /**
     * What stands around a selector.
     *
     * @param hints to the store; step and range are not known yet
     * @param totals whether of its histograms only counts and sums are looked at in the end
     */
    private record Around(SelectHints hints, boolean totals) {
        Around directly(String function, List<String> grouping, boolean by) {
            return new Around(new SelectHints(0, 0, function, grouping, by), totals);
        }

        Around directly(String function) {
            return directly(function, List.of(), false);
        }

        Around totals(boolean only) {
            return new Around(hints, only);
        }
    }

    private final IdentityHashMap<Selector, Around> all = new IdentityHashMap<>();

    Surroundings(Expr expr) {
        visit(expr, NOTHING);
    }

    SelectHints of(Selector selector, long step, long range) {
        SelectHints around = all.getOrDefault(selector, NOTHING).hints();
        return new SelectHints(step, range, around.function(), around.grouping(), around.by());
    }

    /** Whether of the histograms that it selects only counts and sums are looked at in the end. */
    boolean wantsTotals(Selector selector) {
        return all.getOrDefault(selector, NOTHING).totals();
    }

    private void visit(Expr expr, Around around) {
        if (expr instanceof Selector selector) {
            all.put(selector, around);
        }
        Around within = switch (expr) {
            case Aggregation aggregation ->
                around.directly(aggregation.operator().symbol(), aggregation.grouping(), !aggregation.without());
            case Call call -> around.directly(call.function().symbol()).totals(totals(call, around));
            case Binary binary ->
                around.directly("").totals(around.totals() && binary.operator().kind() != BinaryOperator.Kind.TRIM);
            case Subquery _ -> around.directly(around.hints().function()).totals(false);
            default -> around.directly(around.hints().function());
        };
        expr.children().forEach(child -> visit(child, within));
    }

    private static boolean totals(Call call, Around around) {
        return OF_TOTALS.contains(call.function()) || (around.totals() && !OF_BUCKETS.contains(call.function()));
    }
}
