package io.tributary.logindexer.consume;

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
    /**
     * What a record takes in memory beside its key and value: Kafka's objects for it, and the header with its event id.
     */
    private static final int HELD_BYTES = 256;

    private final Topic<?, LogRecord> topic;
    private final BulkWriter writer;
    private final DeadLetterPublisher deadLetters;
    private final OutcomeObserver observer;
    private final LogDocument documents = new LogDocument();

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
            reject(record, tenant, e, offsets);
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
        DataStream stream = DataStream.of(log);
        String tenant = log.getTenant();
        return BulkItem.create(
                stream.name(),
                id(record),
                document(log, stream, record.timestamp()),
                record.timestamp(),
                settlement -> settle(record, tenant, settlement, offsets));
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Header event = record.headers().lastHeader(EventId.HEADER);
        return event != null && event.value() != null && event.value().length == EventId.BYTES
                ? DocumentId.of(event.value())
                : DocumentId.of(record.partition(), record.offset(), record.value());
    }

    private byte[] document(LogRecord log, DataStream stream, long kafkaMillis) {
        try {
            return documents.of(log, stream, kafkaMillis);
        } catch (JacksonException | StackOverflowError e) {
            throw new RejectedException(Reason.INVALID_RECORD, "record: cannot be written as JSON: " + e.getClass(), e);
        }
    }

    private void settle(
            ConsumerRecord<byte[], byte[]> record, String tenant, Settlement settlement, SettledOffsets offsets) {
        switch (settlement) {
            case Settlement.Stored(boolean diverted) -> {
                settle(record, tenant, Outcome.STORED, offsets);
                if (diverted) {
                    observer.diverted();
                }
            }
            case Settlement.Duplicate _ -> settle(record, tenant, Outcome.DUPLICATE, offsets);
            case Settlement.Rejected(Reason reason, String message) ->
                reject(record, tenant, new RejectedException(reason, message), offsets);
            case Settlement.Conflict _ ->
                throw new IllegalStateException("conflict (expected: none, since documents are only created)");
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it never fails: dead letters are tried without end
    private void reject(
            ConsumerRecord<byte[], byte[]> record, String tenant, RejectedException cause, SettledOffsets offsets) {
        deadLetters
                .publish(DeadLetter.of(record, cause, STAGE))
                .thenRun(() -> settle(record, tenant, Outcome.DEAD_LETTERED, offsets));
    }

    private void settle(ConsumerRecord<byte[], byte[]> record, String tenant, Outcome outcome, SettledOffsets offsets) {
        offsets.settle(record.offset(), tenant, outcome);
        observer.settled(outcome);
    }

    private static int weight(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0) + HELD_BYTES;
    }
}
