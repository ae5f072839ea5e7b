package io.tributary.schemas.ledger;

import io.tributary.schemas.avro.LedgerEntry;

/**
 * Keys of ledger entries: who counted what, so that a process that counts again replaces what it said. Another process
 * replaces nothing: one that has lost a partition and does not know yet may tell of it after the new owner did.
 */
public final class LedgerKey {
    /** The stage of the gateways. */
    public static final String GATEWAY = "ingest-gateway";

    /** What puts dead letters back into their topics. */
    public static final String RETRY = "dlq-retry";

    private LedgerKey() {}

    /**
     * The entry's key: stage, instance, topic, partition and first offset; for a gateway and for retries stage,
     * instance, protocol, topic and slice.
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
                        entry.getInstance(),
                        entry.getTopic(),
                        Integer.toString(entry.getPartition()),
                        Long.toString(entry.getFrom()));
    }
}
