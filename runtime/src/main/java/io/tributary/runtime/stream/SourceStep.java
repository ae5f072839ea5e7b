package io.tributary.runtime.stream;

import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.ledger.Outcome;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a stage does with a decoded record of its source topic. One step serves one task and one thread.
 *
 * @param <K> the source's key
 * @param <V> the source's value
 * @param <KOut> key of what is forwarded
 * @param <VOut> value of what is forwarded
 */
public interface SourceStep<K, V, KOut, VOut> {
    /**
     * Called once before the first record. Stores and punctuations are had from the context. Forward to children by
     * name only, since the stage's sinks for dead letters and ledger entries are children as well.
     */
    void init(ProcessorContext<KOut, VOut> context);

    /**
     * Handles one record and tells what became of it: exactly one outcome for each.
     *
     * @throws RejectedException if the record can never be handled: it is dead-lettered and the partition goes on.
     *     Nothing may have been stored or forwarded
     * @throws RetryableException if the record must be handled again: the transaction is aborted and the task starts
     *     again from the last commit
     */
    Outcome process(Record<K, V> record);

    /**
     * The same, with the value's bytes as they were read, for a step that keeps or passes them on: it need not encode
     * what was just decoded.
     */
    default Outcome process(Record<K, V> record, byte[] payload) {
        return process(record);
    }

    /**
     * Called for each record that is dead-lettered, whether {@link #process} rejected it or it could not be decoded and
     * never came there.
     */
    default void rejected() {}

    /**
     * Called before each commit of the task. What is forwarded now, or written into stores without a cache, is
     * committed together with the records that were handled; so what changes with every record may be kept in memory
     * till now.
     */
    default void beforeCommit() {}

    /** Called once when the task is closed. */
    default void close() {}
}
