package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import io.tributary.promql.ast.Function;
import io.tributary.promql.label.NaturalOrder;
import io.tributary.promql.value.Column;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** {@code sort} and its like: the elements of an instant query in an order. Series of a range query have their own. */
final class Sorting implements VectorFunction {

    private final boolean byLabel;
    private final boolean descending;

    private Sorting(boolean byLabel, boolean descending) {
        this.byLabel = byLabel;
        this.descending = descending;
    }

    static void register(BiConsumer<Function, FunctionBody> register) {
        register.accept(SORT, new Sorting(false, false));
        register.accept(SORT_DESC, new Sorting(false, true));
        register.accept(SORT_BY_LABEL, new Sorting(true, false));
        register.accept(SORT_BY_LABEL_DESC, new Sorting(true, true));
    }

    @Override
    public void evaluate(VectorCall call, Consumer<Column> out) {
        if (call.query().start() != call.query().end()) {
            call.annotations()
                    .warn(
                            "sort is ineffective for range queries since results are always ordered by labels",
                            call.call().span());
        }
        if (call.steps().count() == 1) {
            var columns = call.kept(0);
            columns.stream()
                    .filter(column -> column.has(0) && (byLabel || column.histogram(0) == null))
                    .sorted(byLabel ? byLabels(call) : byValue())
                    .forEach(out);
        } else {
            call.columns(0).forEach(column -> {
                if (byLabel || withoutHistograms(column)) {
                    out.accept(column);
                }
            });
        }
    }

    private static boolean withoutHistograms(Column column) {
        boolean any = false;
        for (int step = 0; step < column.steps(); step++) {
            if (column.histogram(step) != null) {
                column.remove(step);
            }
            any |= column.has(step);
        }
        return any;
    }

    /** NaN last in either direction. */
    private Comparator<Column> byValue() {
        Comparator<Column> ascending = Comparator.comparingDouble(column -> column.value(0));
        return Comparator.comparing((Column column) -> Double.isNaN(column.value(0)))
                .thenComparing(descending ? ascending.reversed() : ascending);
    }

    private Comparator<Column> byLabels(VectorCall call) {
        List<String> names =
                IntStream.range(1, call.arguments()).mapToObj(call::text).toList();
        Comparator<Column> order = Comparator.comparingInt((Column column) -> 0);
        for (String name : names) {
            order = order.thenComparing(column -> column.labels().get(name), NaturalOrder.INSTANCE);
        }
        order = order.thenComparing((Column column) -> column.labels());
        return descending ? order.reversed() : order;
    }
}
