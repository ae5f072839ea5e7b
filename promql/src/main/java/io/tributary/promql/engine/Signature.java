package io.tributary.promql.engine;

import io.tributary.promql.ast.Matching;
import io.tributary.promql.label.Labels;
import java.util.ArrayList;
import java.util.List;

/** The labels that must agree for two elements to match. */
final class Signature {

    private final boolean on;
    private final List<String> names;

    Signature(Matching matching) {
        this.on = matching.on();
        var all = new ArrayList<>(matching.labels());
        if (!on) {
            all.add(Labels.NAME);
        }
        this.names = List.copyOf(all);
    }

    Labels of(Labels labels) {
        return on ? labels.keep(names) : labels.drop(names);
    }
}
