package io.tributary.runtime.stream;

import io.tributary.runtime.source.PassedOffsets;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.Tenant;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.LedgerRange;
import io.tributary.schemas.ledger.Outcome;
import java.time.Duration;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Runs a {@link SourceStep} and accounts for every record. */
final class SourceProcessor<K, V, KOut, VOut> implements Processor<byte[], byte[], Object, Object> {
    private static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);
    /** A range is closed at this length, so that entries stay worth keeping apart and replays replace them. */
    private static final long MAX_RANGE = 100_000;

    private final SourceStage<K, V, KOut, VOut> stage;
    private final SourceStep<K, V, KOut, VOut> step;
    private ProcessorContext<Object, Object> context;
    private PassedOffsets passed;
    private TopicPartition source;
    private KeyValueStore<Integer, byte[]> store;
    private LedgerRange range;
    private boolean resumed;
    private boolean unpublished;
    private boolean unsaved;

    SourceProcessor(SourceStage<K, V, KOut, VOut> stage, SourceStep<K, V, KOut, VOut> step) {
        this.stage = stage;
        this.step = step;
    }

    @Override
    @SuppressWarnings("unchecked") // forwarding by child name is not typed by Kafka Streams either
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        int partition = context.taskId().partition();
        LedgerRange.Source counted = stage.ledgerSource(partition);
        source = new TopicPartition(stage.source().name(), partition);
        passed = context.appConfigs().get(PassedOffsets.CONFIG) instanceof PassedOffsets known
                ? known
                : new PassedOffsets();
        store = context.getStateStore(stage.ledgerNode());
        byte[] saved = store.get(partition);
        range = saved == null ? new LedgerRange(counted, 0) : RangeCodec.decode(counted, saved);
        resumed = saved != null;
        unpublished = resumed;
        unsaved = false;
        // Wall clock, because the ledger must become current even when no further record comes. It has no influence on
        // results.
        context.schedule(PUBLISH_EVERY, PunctuationType.WALL_CLOCK_TIME, this::publish);
        context.<BeforeCommit>getStateStore(stage.beforeCommitNode()).run(context, this::beforeCommit);
        step.init((ProcessorContext<KOut, VOut>) (ProcessorContext<?, ?>) context);
    }

    private void beforeCommit() {
        step.beforeCommit();
        countExpired(range.next());
        if (unsaved) {
            store.put(context.taskId().partition(), RangeCodec.encode(range.entry()));
            unsaved = false;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException(stage.node() + ": a record of a source has coordinates"));
        read(metadata.offset());
        String tenant = "";
        Outcome outcome;
        try {
            V value = decodeValue(record);
            tenant = tenant(value);
            K key = stage.source().decodeKey(record.key());
            outcome = step.process(record.withKey(key).withValue(value), record.value());
        } catch (RejectedException e) {
            deadLetter(record, metadata, e);
            step.rejected();
            outcome = Outcome.DEAD_LETTERED;
        }
        range.count(tenant, outcome);
        unpublished = true;
        unsaved = true;
        if (range.isFull()) {
            publish(context.currentSystemTimeMs());
            range.close();
        }
    }

    private void read(long offset) {
        // Between two runs, somebody may have set the group's offsets back or ahead: what was counted stays told,
        // counting begins anew from there, and whether records are missing in between is for the ledger to see. Other
        // offsets that a task passes over hold no record.
        if (offset < range.next() || (offset > range.next() && isMoved())) {
            publish(context.currentSystemTimeMs());
            range = new LedgerRange(stage.ledgerSource(context.taskId().partition()), offset);
        } else if (offset > range.next() && passed.expired(source).to() <= offset) {
            countExpired(offset);
        }
        resumed = false;
        range.read(offset);
    }

    private boolean isMoved() {
        return resumed && !passed.isResumed(source);
    }

    /** Counts what expired before this offset; what the consumer had fetched by then may be still to come. */
    private void countExpired(long position) {
        PassedOffsets.Expired gone = passed.expired(source);
        if (gone.from() <= position && range.next() < gone.to() && !isMoved()) {
            range.expired(Math.max(gone.from(), range.next()), gone.to());
            unpublished = true;
            unsaved = true;
        }
    }

    private V decodeValue(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new RejectedException(Reason.NULL_VALUE, "value: null (expected: a record)");
        }
        return stage.source().decodeValue(record.value());
    }

    private void deadLetter(Record<byte[], byte[]> record, RecordMetadata metadata, RejectedException cause) {
        ProducerRecord<byte[], byte[]> letter = new DeadLetter(
                        record.key(),
                        record.value(),
                        cause.reason(),
                        cause.getMessage(),
                        stage.stage(),
                        metadata.topic(),
                        metadata.partition(),
                        metadata.offset(),
                        record.timestamp(),
                        DeadLetter.own(record.headers()))
                .toRecord();
        context.forward(
                new Record<Object, Object>(letter.key(), letter.value(), record.timestamp(), letter.headers()),
                stage.deadLetterNode());
    }

    private void publish(long now) {
        countExpired(range.next());
        if (!unpublished) {
            return;
        }
        LedgerEntry entry = range.entry();
        context.forward(new Record<Object, Object>(LedgerKey.of(entry), entry, now), stage.ledgerNode());
        unpublished = false;
        if (entry.getTo() - entry.getFrom() >= MAX_RANGE) {
            range.close();
            unsaved = true;
        }
    }

    private static String tenant(Object value) {
        if (value instanceof IndexedRecord record) {
            Schema.Field field = record.getSchema().getField("tenant");
            if (field != null && record.get(field.pos()) instanceof CharSequence tenant) {
                // Who writes to the topic itself may write anything, and what is counted is kept.
                return Tenant.isValid(tenant.toString()) ? tenant.toString() : "";
            }
        }
        return "";
    }

    @Override
    public void close() {
        step.close();
    }
}
