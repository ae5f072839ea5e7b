package io.tributary.gateway.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.gateway.publish.Tally;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Signal;
import io.tributary.schemas.topic.Topic;
import java.util.Map;

/** Enters what became of each request in the ledger and in the meters. Safe for use by many threads. */
public final class Accounts {
    private final TimeSlices slices;
    private final MeterRegistry meters;

    /** Accounts in these slices and meters. */
    public Accounts(TimeSlices slices, MeterRegistry meters) {
        this.slices = slices;
        this.meters = meters;
    }

    /** Counts the records of a request. */
    public void count(String protocol, Topic<?, ?> topic, String tenant, Tally tally) {
        Map<Outcome, Long> outcomes = tally.outcomes();
        slices.count(protocol, topic, tenant, outcomes);
        outcomes.forEach((outcome, count) -> meters.counter(
                        "tributary.gateway.records",
                        "signal",
                        topic.signal().label(),
                        "protocol",
                        protocol,
                        "outcome",
                        outcome.label())
                .increment(count));
    }

    /** Counts a request by its answer. */
    public void answered(Signal signal, String protocol, String answer) {
        meters.counter("tributary.gateway.requests", "signal", signal.label(), "protocol", protocol, "answer", answer)
                .increment();
    }
}
