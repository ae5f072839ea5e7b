package io.tributary.promql.engine;

import io.tributary.promql.Features;
import java.time.Clock;
import java.time.Duration;

/**
 * How an engine answers.
 *
 * @param features experimental parts that are switched on
 * @param lookback how old the newest sample of a series may be for the series to be there; above 0
 * @param subqueryStep the step of a subquery that names none; above 0
 * @param maxSamples how many samples a query may hold in memory at a time; above 0
 * @param timeout how long a query may run
 * @param clock tells when a query's time is over
 */
public record EngineOptions(
        Features features, Duration lookback, Duration subqueryStep, long maxSamples, Duration timeout, Clock clock) {

    /** Those of Prometheus. */
    public static final EngineOptions DEFAULT = new EngineOptions(
            Features.STABLE,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            50_000_000,
            Duration.ofMinutes(2),
            Clock.systemUTC());

    public EngineOptions withFeatures(Features features) {
        return new EngineOptions(features, lookback, subqueryStep, maxSamples, timeout, clock);
    }

    public EngineOptions withLookback(Duration lookback) {
        return new EngineOptions(features, lookback, subqueryStep, maxSamples, timeout, clock);
    }

    public EngineOptions withSubqueryStep(Duration subqueryStep) {
        return new EngineOptions(features, lookback, subqueryStep, maxSamples, timeout, clock);
    }

    public EngineOptions withMaxSamples(long maxSamples) {
        return new EngineOptions(features, lookback, subqueryStep, maxSamples, timeout, clock);
    }

    public EngineOptions withTimeout(Duration timeout, Clock clock) {
        return new EngineOptions(features, lookback, subqueryStep, maxSamples, timeout, clock);
    }
}
