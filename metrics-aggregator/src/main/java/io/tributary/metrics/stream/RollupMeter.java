package io.tributary.metrics.stream;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.ledger.Outcome;

/** Is told what happens, for the service's own metrics. What a transaction did that was aborted is told again. */
public interface RollupMeter {
    /** Listens to nothing. */
    RollupMeter NONE = new RollupMeter() {
        @Override
        public void handled(Outcome outcome) {}

        @Override
        public void rejected(Reason reason) {}

        @Override
        public void overBudget(String tenant, String metric) {}

        @Override
        public void published(boolean closed) {}
    };

    /** A point had this outcome. */
    void handled(Outcome outcome);

    /** A point was rejected for this reason. */
    void rejected(Reason reason);

    /** A point's series is over the budget of its tenant or metric. */
    void overBudget(String tenant, String metric);

    /** A rollup was published, of a closed window or of one that is still open. */
    void published(boolean closed);
}
