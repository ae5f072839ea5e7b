package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The series of the one side that have the same matching labels, and the steps at which others have matched them. */
final class JoinGroup {

    private final Labels key;
    private final List<Column> ones = new ArrayList<>(1);
    private BitSet present;
    private BitSet conflicts;
    private BitSet matched;

    JoinGroup(Labels key) {
        this.key = key;
    }

    Labels key() {
        return key;
    }

    List<Column> ones() {
        return ones;
    }

    void add(Column column) {
        ones.add(column);
        if (ones.size() > 1) {
            // Almost all groups have one series; only for others is it worth knowing where each is.
            present = present == null ? Distinct.steps(ones.getFirst()) : present;
            BitSet steps = Distinct.steps(column);
            if (present.intersects(steps)) {
                var both = (BitSet) present.clone();
                both.and(steps);
                conflicts = conflicts == null ? new BitSet() : conflicts;
                conflicts.or(both);
            }
            present.or(steps);
        }
    }

    boolean hasOne(int step) {
        for (Column one : ones) {
            if (one.has(step)) {
                return true;
            }
        }
        return false;
    }

    boolean hasConflicts() {
        return conflicts != null;
    }

    /**
     * Fails if several series are there at once.
     *
     * @param steps the steps that count; null for all
     * @param side how the one side is called
     */
    void refuseConflicts(BitSet steps, String side) {
        if (steps != null) {
            conflicts.and(steps);
        }
        if (!conflicts.isEmpty()) {
            int step = conflicts.nextSetBit(0);
            var both = ones.stream().filter(one -> one.has(step)).limit(2).toList();
            throw new QueryException("found duplicate series for the match group " + key + " on the " + side
                    + " hand-side of the operation: [" + both.get(1).labels() + ", "
                    + both.get(0).labels()
                    + "];many-to-many matching not allowed: matching labels must be unique on one side");
        }
    }

    boolean isMatched(int step) {
        return matched != null && matched.get(step);
    }

    boolean isMatched(BitSet steps) {
        return matched != null && matched.intersects(steps);
    }

    void match(BitSet steps) {
        if (matched == null) {
            matched = (BitSet) steps.clone();
        } else {
            matched.or(steps);
        }
    }
}
