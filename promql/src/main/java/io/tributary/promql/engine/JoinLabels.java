package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.Matching;
import io.tributary.promql.label.Labels;

/** The labels of what comes of two matching elements. */
final class JoinLabels {

    private final Matching matching;
    private final boolean renames;
    private final boolean oneToOne;
    private final boolean bool;

    JoinLabels(Binary binary) {
        this.matching = binary.matching();
        this.renames = binary.operator().kind() == BinaryOperator.Kind.ARITHMETIC;
        this.oneToOne = matching.cardinality() == Matching.Cardinality.ONE_TO_ONE;
        this.bool = binary.bool();
    }

    Labels of(Labels many, Labels one) {
        Labels labels = renames ? Labelling.nameless(many) : many;
        if (oneToOne) {
            labels = matching.on() ? labels.keep(matching.labels()) : labels.drop(matching.labels());
        }
        for (String name : matching.include()) {
            labels = labels.with(name, one.get(name));
        }
        return labels;
    }

    /** Whether two series of the many side may come to have the same labels. */
    boolean mayCollide() {
        return !oneToOne && (renames || bool || !matching.include().isEmpty());
    }
}
