package io.tributary.promql.engine;

import io.tributary.promql.Features;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import java.util.List;

/**
 * How series lose their names when an operation makes another metric of them: at once, or, with delayed name removal,
 * at the end of the query. With the name go the labels that tell a metric's type and unit.
 */
final class Labelling {

    private static final List<String> OF_THE_METRIC = List.of(Labels.NAME, "__type__", "__unit__");

    private final boolean delayed;

    Labelling(Features features) {
        this.delayed = features.has(Features.Feature.PROMQL_DELAYED_NAME_REMOVAL);
    }

    boolean isDelayed() {
        return delayed;
    }

    /** Takes a column's name away, at once or later. */
    void unname(Column column) {
        if (delayed) {
            column.nameless(true);
        } else {
            column.labels(nameless(column.labels()));
        }
    }

    static Labels nameless(Labels labels) {
        return labels.drop(OF_THE_METRIC);
    }
}
