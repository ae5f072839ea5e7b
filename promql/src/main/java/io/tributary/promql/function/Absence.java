package io.tributary.promql.function;

import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.Paren;
import io.tributary.promql.ast.RangeSelector;
import io.tributary.promql.ast.Selector;
import io.tributary.promql.label.Labels;
import io.tributary.promql.label.Matcher;
import io.tributary.promql.value.Column;
import java.util.BitSet;
import java.util.HashSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/** {@code absent} and {@code absent_over_time}: 1 where there is nothing, with the labels that were asked for. */
final class Absence implements VectorFunction {

    @Override
    public void evaluate(VectorCall call, Consumer<Column> out) {
        int steps = call.steps().count();
        var present = new BitSet(steps);
        call.columns(0).forEach(column -> {
            for (int step = 0; step < steps; step++) {
                if (column.has(step)) {
                    present.set(step);
                }
            }
        });
        var column = new Column(labels(call.call().arguments().getFirst()), steps);
        for (int step = present.nextClearBit(0); step < steps; step = present.nextClearBit(step + 1)) {
            column.set(step, 1);
        }
        out.accept(column);
    }

    /** Those of which a selector asks for one value. */
    private static Labels labels(Expr expr) {
        return switch (expr) {
            case Paren paren -> labels(paren.expr());
            case RangeSelector range -> labels(range.selector());
            case Selector selector -> labels(selector);
            default -> Labels.EMPTY;
        };
    }

    private static Labels labels(Selector selector) {
        var labels = new TreeMap<String, String>();
        var seen = new HashSet<String>();
        for (Matcher matcher : selector.matchers()) {
            boolean first = seen.add(matcher.name());
            if (first
                    && matcher.operator() == Matcher.Operator.EQUAL
                    && !matcher.name().equals(Labels.NAME)) {
                labels.put(matcher.name(), matcher.value());
            } else {
                labels.remove(matcher.name());
            }
        }
        return Labels.of(labels);
    }
}
