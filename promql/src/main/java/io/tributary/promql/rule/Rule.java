package io.tributary.promql.rule;

import io.tributary.promql.ast.Expr;
import java.util.Map;

/** One rule of a group. Prometheus: configuration, "Recording rules" and "Alerting rules". */
public sealed interface Rule permits RecordingRule, AlertingRule {

    /** The metric that is recorded, or the alert's name; not empty. */
    String name();

    /** What is evaluated. */
    Expr expr();

    /**
     * Labels that its results get, those of the group among them, sorted by name; of an alert as templates. An empty
     * value takes the label away.
     */
    Map<String, String> labels();

    /** What a rule is known by when its group is read anew: its name and labels. Rules may share it. */
    default String key() {
        return name() + labels();
    }
}
