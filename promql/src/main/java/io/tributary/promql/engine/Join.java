package io.tributary.promql.engine;

import io.tributary.promql.ast.Binary;
import io.tributary.promql.ast.BinaryOperator;
import io.tributary.promql.ast.Matching;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Arithmetic and comparison between two vectors. The side of which a group may have one element only is read first and
 * kept; the other one, which may have many, streams past it. Labels are matched once for each pair of series.
 */
final class Join implements Columns {

    private final Query query;
    private final Binary binary;
    private final Matching matching;
    private final Signature signature;
    private final JoinLabels labels;
    private final boolean swapped;
    private final Columns many;
    private final Columns one;
    private final int steps;

    Join(Evaluator evaluator, Binary binary) {
        this.query = evaluator.query();
        this.binary = binary;
        this.matching = binary.matching();
        this.signature = new Signature(matching);
        this.labels = new JoinLabels(binary);
        this.swapped = matching.cardinality() == Matching.Cardinality.ONE_TO_MANY;
        Columns left = evaluator.columns(binary.left());
        Columns right = evaluator.columns(binary.right());
        this.many = swapped ? right : left;
        this.one = swapped ? left : right;
        this.steps = evaluator.steps().count();
    }

    @Override
    public boolean inPieces() {
        return true;
    }

    @Override
    public void forEach(Consumer<Column> action) {
        var groups = new HashMap<Labels, JoinGroup>();
        var kept = query.keep(one);
        for (Column column : kept) {
            groups.computeIfAbsent(signature.of(column.labels()), JoinGroup::new)
                    .add(column);
        }
        var run = new Run(groups, action);
        many.forEach(run::accept);
        run.finish();
        query.release(kept);
    }

    /** One pass of the many side. */
    private final class Run {

        private final Map<Labels, JoinGroup> groups;
        private final Consumer<Column> action;
        private final Operation operation = new Operation(binary, query);
        private final Column result = new Column(Labels.EMPTY, steps);
        private final JoinClaims claims = new JoinClaims();
        private final BitSet present = new BitSet();
        private final boolean conflicts;

        Run(Map<Labels, JoinGroup> groups, Consumer<Column> action) {
            this.groups = groups;
            this.action = action;
            this.conflicts = groups.values().stream().anyMatch(JoinGroup::hasConflicts);
        }

        void accept(Column column) {
            if (conflicts) {
                present.or(Distinct.steps(column));
            }
            Labels key = signature.of(column.labels());
            JoinGroup group = groups.get(key);
            if (group != null) {
                for (Column other : group.ones()) {
                    combine(group, column, other);
                }
            }
            if (matching.fillRight().isPresent()) {
                group = groups.computeIfAbsent(key, JoinGroup::new);
                combine(group, column, absent(group));
            }
        }

        private Column absent(JoinGroup group) {
            var absent = new Column(group.key(), steps);
            for (int step = 0; step < steps; step++) {
                if (!group.hasOne(step)) {
                    absent.set(step, matching.fillRight().getAsDouble());
                }
            }
            return absent;
        }

        /** Reports conflicts of the one side, and fills in for many sides that were missing. */
        void finish() {
            boolean filled =
                    matching.fillLeft().isPresent() || matching.fillRight().isPresent();
            for (JoinGroup group : groups.values()) {
                if (group.hasConflicts()) {
                    group.refuseConflicts(filled ? null : present, swapped ? "left" : "right");
                }
                if (matching.fillLeft().isPresent()) {
                    for (Column other : group.ones()) {
                        combine(group, unmatched(group), other);
                    }
                }
            }
        }

        private Column unmatched(JoinGroup group) {
            var unmatched = new Column(group.key(), steps);
            for (int step = 0; step < steps; step++) {
                if (!group.isMatched(step)) {
                    unmatched.set(step, matching.fillLeft().getAsDouble());
                }
            }
            return unmatched;
        }

        private void combine(JoinGroup group, Column column, Column other) {
            Column left = swapped ? other : column;
            Column right = swapped ? column : other;
            result.reset(Labels.EMPTY);
            boolean any = false;
            BitSet matched = null;
            for (int step = 0; step < steps; step++) {
                if (column.has(step)
                        && other.has(step)
                        && operation.apply(
                                left.value(step), left.histogram(step), right.value(step), right.histogram(step))) {
                    matched = matched == null ? new BitSet(steps) : matched;
                    matched.set(step);
                    if (operation.isKept()) {
                        operation.put(result, step);
                        any = true;
                    }
                }
            }
            if (matched != null) {
                publish(group, column, other, matched, any);
            }
        }

        private void publish(JoinGroup group, Column column, Column other, BitSet matched, boolean any) {
            if (matching.cardinality() == Matching.Cardinality.ONE_TO_ONE && group.isMatched(matched)) {
                throw new QueryException(
                        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
            }
            group.match(matched);
            result.labels(labels.of(column.labels(), other.labels()));
            result.nameless(column.nameless() && binary.operator().kind() != BinaryOperator.Kind.ARITHMETIC);
            if (binary.bool()) {
                query.labelling().unname(result);
            }
            if (labels.mayCollide()) {
                claims.claim(result.labels(), group.key(), matched);
            }
            if (any) {
                action.accept(result);
            }
        }
    }
}
