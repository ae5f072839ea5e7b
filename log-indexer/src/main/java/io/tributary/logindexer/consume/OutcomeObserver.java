package io.tributary.logindexer.consume;

import io.tributary.schemas.ledger.Outcome;

/** Is told what becomes of records, for metrics. Called by many threads; must neither block nor throw. */
public interface OutcomeObserver {
    /** A record had this outcome. */
    void settled(Outcome outcome);

    /** A stored record is in a failure store, because the mapping refused it. */
    void diverted();
}
