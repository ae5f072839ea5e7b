package io.tributary.schemas.topic;

import java.util.Locale;

/** What kind of telemetry a topic carries; the ledger balances each by itself. */
public enum Signal {
    /** Log records and events. */
    LOGS,
    /** Metric points and rollups. */
    METRICS,
    /** Spans, traces and service edges. */
    TRACES,
    /** Alerts, silences and notifications. */
    ALERTS,
    /** The ledger itself, which is not balanced. */
    LEDGER;

    /** The name in lower case, such as {@code logs}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
