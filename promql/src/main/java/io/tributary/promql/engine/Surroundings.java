package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.Call;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.storage.SelectHints;
import java.util.IdentityHashMap;
import java.util.List;

/** For each selector of a query, what stands around it, as a hint to the store. */
final class Surroundings {

    private static final SelectHints NOTHING = new SelectHints(0, 0, "", List.of(), false);

    private final IdentityHashMap<Selector, SelectHints> hints = new IdentityHashMap<>();

    Surroundings(Expr expr) {
        visit(expr, NOTHING);
    }

    SelectHints of(Selector selector, long step, long range) {
        SelectHints around = hints.getOrDefault(selector, NOTHING);
        return new SelectHints(step, range, around.function(), around.grouping(), around.by());
    }

    private void visit(Expr expr, SelectHints around) {
        if (expr instanceof Selector selector) {
            hints.put(selector, around);
        }
        SelectHints within = switch (expr) {
            case Aggregation aggregation ->
                new SelectHints(0, 0, aggregation.operator().symbol(), aggregation.grouping(), !aggregation.without());
            case Call call -> new SelectHints(0, 0, call.function().symbol(), List.of(), false);
            case Binary _ -> NOTHING;
            default -> new SelectHints(0, 0, around.function(), List.of(), false);
        };
        expr.children().forEach(child -> visit(child, within));
    }
}
