package io.tributary.metrics.config;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.metrics.stream.RollupMeter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.ledger.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's own metrics: {@code tributary.metrics.points} by {@code outcome} and {@code reason} (empty where there
 * is none), {@code tributary.metrics.over.budget} by {@code tenant} and {@code metric}: those whose series are over
 * their budget; {@code tributary.metrics.rollups} by {@code window}, which is {@code closed} or {@code open}.
 */
final class MicrometerRollupMeter implements RollupMeter {
    private static final Logger LOG = LoggerFactory.getLogger(MicrometerRollupMeter.class);

    /** So many are named; the others share one counter with empty names. */
    private static final int MOST_OFFENDERS = 100;

    private static final Offender OTHERS = new Offender("", "");

    private record Offender(String tenant, String metric) {}

    private final MeterRegistry meters;
    private final Map<Outcome, Counter> handled = new ConcurrentHashMap<>();
    private final Map<Reason, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<Offender, Counter> offenders = new ConcurrentHashMap<>();
    private final Counter closed;
    private final Counter open;

    MicrometerRollupMeter(MeterRegistry meters) {
        this.meters = meters;
        this.closed = rollups("closed");
        this.open = rollups("open");
    }

    @Override
    public void handled(Outcome outcome) {
        handled.computeIfAbsent(outcome, of -> points(of.isDropped() ? "dropped" : of.label(), of.reason()))
                .increment();
    }

    @Override
    public void rejected(Reason reason) {
        rejected.computeIfAbsent(reason, of -> points(Outcome.DEAD_LETTERED.label(), of.label()))
                .increment();
    }

    @Override
    public void published(boolean isClosed) {
        (isClosed ? closed : open).increment();
    }

    @Override
    public void overBudget(String tenant, String metric) {
        Offender offender = new Offender(tenant, metric);
        if (!offenders.containsKey(offender) && offenders.size() >= MOST_OFFENDERS) {
            offender = OTHERS;
        }
        offenders.computeIfAbsent(offender, this::named).increment();
    }

    private Counter named(Offender offender) {
        LOG.warn(
                "tenant {}, metric {}: more series than the budget allows (tributary.metrics.series-per-metric,"
                        + " series-per-tenant); what is over is added up in one series or dropped",
                offender.tenant(),
                offender.metric());
        return Counter.builder("tributary.metrics.over.budget")
                .description("Metric points whose series are over the budget of their tenant or metric")
                .tag("tenant", offender.tenant())
                .tag("metric", offender.metric())
                .register(meters);
    }

    private Counter points(String outcome, String reason) {
        return Counter.builder("tributary.metrics.points")
                .description("Metric points by what became of them")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(meters);
    }

    private Counter rollups(String window) {
        return Counter.builder("tributary.metrics.rollups")
                .description("Published rollups, of closed windows and of windows that are still open")
                .tag("window", window)
                .register(meters);
    }
}
