package io.tributary.logindexer.consume;

import io.tributary.delivery.arena.Arena;
import io.tributary.delivery.arena.Slice;
import io.tributary.delivery.bulk.BulkItem;
import io.tributary.delivery.bulk.BulkWriter;
import io.tributary.delivery.bulk.Settlement;
import io.tributary.delivery.deadletter.DeadLetterPublisher;
import io.tributary.delivery.offset.SettledOffsets;
import io.tributary.logindexer.document.DataStream;
import io.tributary.logindexer.document.DocumentId;
import io.tributary.logindexer.document.LogDocument;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.identity.EventId;
import io.tributary.schemas.identity.Tenant;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.topic.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;

/**
 * Takes one Kafka record on its way: to Elasticsearch, or to the dead letters if it can never get there. Either way its
 * offset is settled in the end. Not for use by several threads at once.
 */
public final class RecordIndexing {
    /** The stage: the consumer group, and how the ledger and dead letters name it. */
    public static final String STAGE = "log-indexer";

    private static final String UNKNOWN_TENANT = "";
    /** What a record takes in memory beside its key, its value and the item with its document: few small objects. */
    private static final int HELD_BYTES = 192;

    private final Topic<?, LogRecord> topic;
    private final BulkWriter writer;
    private final DeadLetterPublisher deadLetters;
    private final OutcomeObserver observer;
    private final LogDocument documents = new LogDocument();
    private final Arena arena = new Arena();
    // Neighbours mostly go to the same one, and then share its names.
    private DataStream stream = new DataStream("", "");
    private String target = "";

    /** Reads records of this topic, writes documents and dead letters by these, and tells the observer. */
    public RecordIndexing(
            Topic<?, LogRecord> topic, BulkWriter writer, DeadLetterPublisher deadLetters, OutcomeObserver observer) {
        this.topic = topic;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.observer = observer;
    }

    /**
     * Takes the record, whose offset these offsets have not seen yet.
     *
     * @throws RetryableException if the record cannot be read now, because the registry is away; nothing was noted then
     */
    public void take(ConsumerRecord<byte[], byte[]> record, SettledOffsets offsets) {
        String tenant = UNKNOWN_TENANT;
        try {
            LogRecord log = decode(record);
            tenant = log.getTenant();
            if (!Tenant.isValid(tenant)) {
                tenant = UNKNOWN_TENANT;
                throw new RejectedException(
                        Reason.INVALID_RECORD, "tenant: malformed (expected: 1 to 64 of a-z, 0-9, dot, underscore)");
            }
            BulkItem item = item(record, log, offsets);
            offsets.read(record.offset(), weight(record));
            writer.submit(item);
        } catch (RejectedException e) {
            offsets.read(record.offset(), weight(record));
            reject(DeadLetter.of(record, e, STAGE), tenant, offsets);
        }
    }

    /** How many bytes are on their way beside what the offsets count. */
    public long bytesInFlight() {
        return writer.bytesInFlight();
    }

    private LogRecord decode(ConsumerRecord<byte[], byte[]> record) {
        LogRecord log = topic.decodeValue(record.value());
        if (log == null) {
            throw new RejectedException(Reason.NULL_VALUE, "value: none (expected: a log record)");
        }
        return log;
    }

    private BulkItem item(ConsumerRecord<byte[], byte[]> record, LogRecord log, SettledOffsets offsets) {
        DataStream own = DataStream.of(log);
        if (!own.equals(stream)) {
            stream = own;
            target = own.name();
        }
        Slice document = document(log, record.timestamp());
        String tenant = stream.namespace();
        HeldRecord held = HeldRecord.of(record, arena);
        return BulkItem.create(
                target,
                id(record),
                document,
                record.timestamp(),
                settlement -> settle(held, tenant, settlement, offsets));
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Header event = record.headers().lastHeader(EventId.HEADER);
        return event != null && event.value() != null && event.value().length == EventId.BYTES
                ? DocumentId.of(event.value())
                : DocumentId.of(record.partition(), record.offset(), record.value());
    }

    private Slice document(LogRecord log, long kafkaMillis) {
        try {
            documents.write(log, stream, kafkaMillis, arena);
            return arena.cut();
        } catch (JacksonException | StackOverflowError e) {
            arena.discard();
            throw new RejectedException(Reason.INVALID_RECORD, "record: cannot be written as JSON: " + e.getClass(), e);
        }
    }

    private void settle(HeldRecord held, String tenant, Settlement settlement, SettledOffsets offsets) {
        switch (settlement) {
            case Settlement.Stored(boolean diverted) -> {
                settle(held.offset(), tenant, Outcome.STORED, offsets);
                if (diverted) {
                    observer.diverted();
                }
            }
            case Settlement.Duplicate _ -> settle(held.offset(), tenant, Outcome.DUPLICATE, offsets);
            case Settlement.Rejected(Reason reason, String message) ->
                reject(held.deadLetter(new RejectedException(reason, message), STAGE), tenant, offsets);
            case Settlement.Conflict _ ->
                throw new IllegalStateException("conflict (expected: none, since documents are only created)");
        }
        held.bytes().release();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it never fails: dead letters are tried without end
    private void reject(DeadLetter letter, String tenant, SettledOffsets offsets) {
        deadLetters.publish(letter).thenRun(() -> settle(letter.offset(), tenant, Outcome.DEAD_LETTERED, offsets));
    }

    private void settle(long offset, String tenant, Outcome outcome, SettledOffsets offsets) {
        offsets.settle(offset, tenant, outcome);
        observer.settled(outcome);
    }

    private static int weight(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0) + HELD_BYTES;
    }
}
