package io.tributary.promql.rule;

import io.tributary.promql.ast.Expr;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Records what its expression gives under a name of its own. */
public record RecordingRule(String name, Expr expr, Map<String, String> labels) implements Rule {

    public RecordingRule {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }
}
