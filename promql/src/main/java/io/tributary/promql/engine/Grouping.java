package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.label.Labels;
import java.util.ArrayList;
import java.util.List;

/** By which labels an aggregation tells its groups apart. */
final class Grouping {

    private final boolean without;
    private final List<String> names;

    Grouping(Aggregation aggregation) {
        this.without = aggregation.without();
        var all = new ArrayList<>(aggregation.grouping());
        if (without) {
            all.add(Labels.NAME);
        }
        this.names = List.copyOf(all);
    }

    /** The labels of the group to which a series belongs. */
    Labels of(Labels labels) {
        return without ? labels.drop(names) : labels.keep(names);
    }
}
