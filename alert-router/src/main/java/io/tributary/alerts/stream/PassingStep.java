package io.tributary.alerts.stream;

import io.tributary.runtime.stream.SourceStep;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.ledger.Outcome;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands decoded records over to the grouping. */
final class PassingStep<V> implements SourceStep<NotificationKey, V, NotificationKey, V> {
    private ProcessorContext<NotificationKey, V> context;

    @Override
    public void init(ProcessorContext<NotificationKey, V> context) {
        this.context = context;
    }

    @Override
    public Outcome process(Record<NotificationKey, V> record) {
        if (record.key() == null) {
            throw new RejectedException(Reason.INVALID_KEY, "key: null (expected: a group and a receiver)");
        }
        context.forward(record, AlertTopology.GROUPING);
        return Outcome.FORWARDED;
    }
}
