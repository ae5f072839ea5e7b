package io.tributary.alerts.evaluation;

import io.tributary.promql.value.Value;

/** Takes what evaluations give. */
public interface Output {
    /** Takes word of an alert. */
    void alert(AlertChange change);

    /** Takes a sample that a rule wrote. */
    void sample(String tenant, Value.Sample sample);

    /** Takes note of an evaluation. */
    void evaluated(GroupReport report);

    /** Takes note that a group is not evaluated here any more. */
    void gone(GroupReport.Key group);
}
