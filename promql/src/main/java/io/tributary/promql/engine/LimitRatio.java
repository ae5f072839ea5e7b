package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.label.LabelHash;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import java.util.function.Consumer;

/**
 * {@code limit_ratio}: the series whose labels' hash falls into a share of all hashes, so that it is the same series
 * each time, and those that Prometheus takes.
 */
final class LimitRatio implements Columns {

    private static final double ALL_HASHES = 0x1p64;

    private final Columns input;
    private final double[] ratios;

    LimitRatio(Evaluator evaluator, Aggregation aggregation, double[] ratios) {
        this.input = evaluator.columns(aggregation.expr());
        this.ratios = ratios;
    }

    @Override
    public boolean inPieces() {
        return input.inPieces();
    }

    @Override
    public void forEach(Consumer<Column> action) {
        input.forEach(column -> {
            double place = place(column.labels());
            for (int step = 0; step < ratios.length; step++) {
                if (column.has(step) && !passes(ratios[step], place)) {
                    column.remove(step);
                }
            }
            if (!column.isEmpty()) {
                action.accept(column);
            }
        });
    }

    private static boolean passes(double ratio, double place) {
        return ratio >= 0 ? place < ratio : place >= 1 + ratio;
    }

    /** From 0 to 1. */
    private static double place(Labels labels) {
        long hash = LabelHash.of(labels);
        double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
        return unsigned / ALL_HASHES;
    }
}
