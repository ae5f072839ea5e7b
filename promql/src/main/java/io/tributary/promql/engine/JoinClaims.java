package io.tributary.promql.engine;

import io.tributary.promql.label.Labels;
import io.tributary.promql.value.QueryException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which results of a join have taken which steps, so that no two of the same labels take the same one. */
final class JoinClaims {

    private record Claim(Labels group, BitSet steps) {}

    private final Map<Labels, Claim> claims = new HashMap<>();

    void claim(Labels result, Labels group, BitSet steps) {
        Claim before = claims.putIfAbsent(result, new Claim(group, steps));
        if (before != null) {
            if (before.steps.intersects(steps)) {
                throw new QueryException(
                        before.group.equals(group)
                                ? "multiple matches for labels: grouping labels must ensure unique matches"
                                : Distinct.DUPLICATE);
            }
            before.steps.or(steps);
        }
    }
}
