package io.tributary.alerts.evaluation;

import java.time.Duration;

/**
 * What is the same for the evaluation of all rules.
 *
 * @param lookBack for how long a sample stands for its series when no newer one comes; Prometheus: 5 minutes
 * @param longestWait how long evaluations wait for a partition of the metrics topic that is behind the others
 * @param resendDelay how often a firing alert is published again although nothing changed
 * @param noData what becomes of a firing alert whose series have no data any more
 * @param noDataRetention how long such an alert fires on if it does; then it counts as resolved
 */
public record EvaluationSettings(
        Duration lookBack, Duration longestWait, Duration resendDelay, NoData noData, Duration noDataRetention) {
    /** What becomes of a firing alert of which no series has data. */
    public enum NoData {
        /** It fires on, and says since when there is no data: silence is not "all is well". */
        KEEP_FIRING,
        /** It is resolved, as in Prometheus. */
        RESOLVE
    }
}
