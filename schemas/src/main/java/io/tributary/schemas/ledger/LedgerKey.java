package io.tributary.schemas.ledger;

import io.tributary.schemas.avro.LedgerEntry;

/** Keys of ledger entries. An entry's key is what the entry covers, so that counting again replaces and never adds. */
public final class LedgerKey {
    /** The stage of the gateways. */
    public static final String GATEWAY = "ingest-gateway";

    /** What puts dead letters back into their topics. */
    public static final String RETRY = "dlq-retry";

    private LedgerKey() {}

    /**
     * The entry's key: stage, topic, partition and first offset; for a gateway stage, instance, protocol, topic and
     * slice.
     */
    public static String of(LedgerEntry entry) {
        return entry.getPartition() < 0
                ? String.join(
                        "/",
                        entry.getStage(),
                        entry.getInstance(),
                        entry.getProtocol(),
                        entry.getTopic(),
                        Long.toString(entry.getFrom()))
                : String.join(
                        "/",
                        entry.getStage(),
                        entry.getTopic(),
                        Integer.toString(entry.getPartition()),
                        Long.toString(entry.getFrom()));
    }
}
