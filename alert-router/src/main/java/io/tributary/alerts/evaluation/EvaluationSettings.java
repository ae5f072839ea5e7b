package io.tributary.alerts.evaluation;

import java.time.Duration;

/**
 * What is the same for the evaluation of all rules.
 *
 * @param lookBack for how long a sample stands for its series when no newer one comes; Prometheus: 5 minutes
 * @param resendDelay how often a firing alert is published again although nothing changed
 * @param noDataRetention how long an alert fires on whose series has no data; then it counts as resolved
 */
public record EvaluationSettings(Duration lookBack, Duration resendDelay, Duration noDataRetention) {}
