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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
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

    /** How long after its time an event is expected to be sent again at the latest. */
    private static final Duration SENT_AGAIN_WITHIN = Duration.ofHours(1);

    private static final String UNKNOWN_TENANT = "";
    /** What a record takes in memory beside its key, its value and the item with its document: few small objects. */
    private static final int HELD_BYTES = 192;

    private final Topic<?, LogRecord> topic;
    private final BulkWriter writer;
    private final DeadLetterPublisher deadLetters;
    private final OutcomeObserver observer;
    private final LogDocument documents = new LogDocument();
    private final Arena arena = new Arena();
    private final AtomicReference<Throwable> defect = new AtomicReference<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    /** Whose record is taken at the moment, as far as that is known. */
    private String tenant = UNKNOWN_TENANT;
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
        tenant = UNKNOWN_TENANT;
        arena.discard();
        try {
            noteStream(write(record));
            BulkItem item = item(record, offsets);
            offsets.read(record.offset(), weight(record));
            inFlight.incrementAndGet();
            writer.submit(item);
        } catch (RejectedException e) {
            offsets.read(record.offset(), weight(record));
            reject(DeadLetter.of(record, e, STAGE), tenant, offsets);
        }
    }

    /**
     * Throws what kept a record from being settled since the last call, though that should be impossible. Its offsets
     * wait for it for ever, so it must be taken again with others.
     */
    void throwDefect() {
        Throwable found = defect.getAndSet(null);
        if (found != null) {
            throw new IllegalStateException("a record cannot be settled", found);
        }
    }

    /** Forgets what kept records from being settled that are read again anyway. */
    void forgetDefect() {
        defect.set(null);
    }

    /** How many records are on their way. Those that a defect keeps from being settled no longer are. */
    int recordsInFlight() {
        return inFlight.get();
    }

    /** How many bytes are on their way beside what the offsets count. */
    public long bytesInFlight() {
        return writer.bytesInFlight();
    }

    /** Writes the record's document to the arena, and returns the data stream that it goes to. */
    private DataStream write(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new RejectedException(Reason.NULL_VALUE, "value: none (expected: a log record)");
        }
        try {
            byte[] current = topic.isCurrent(value) ? value : topic.encodeValue(topic.decodeValue(value));
            return documents.write(current, record.timestamp(), arena);
        } catch (JacksonException | StackOverflowError e) {
            // It may not even be readable; then that is the reason, as it is for all who read the topic.
            noteTenant(topic.decodeValue(value).getTenant());
            throw new RejectedException(Reason.INVALID_RECORD, "record: cannot be written as JSON: " + e.getClass(), e);
        }
    }

    private void noteStream(DataStream own) {
        noteTenant(own.namespace());
        if (!own.equals(stream)) {
            stream = own;
            target = own.name();
        }
    }

    private void noteTenant(String own) {
        if (!Tenant.isValid(own)) {
            throw new RejectedException(
                    Reason.INVALID_RECORD, "tenant: malformed (expected: 1 to 64 of a-z, 0-9, dot, underscore)");
        }
        tenant = own;
    }

    private BulkItem item(ConsumerRecord<byte[], byte[]> record, SettledOffsets offsets) {
        String own = tenant;
        Slice document = arena.cut();
        HeldRecord held = HeldRecord.of(record, arena);
        Consumer<Settlement> completion = settlement -> settle(held, own, settlement, offsets);
        Header event = record.headers().lastHeader(EventId.HEADER);
        if (event == null || event.value() == null || event.value().length != EventId.BYTES) {
            String id = DocumentId.of(record.partition(), record.offset(), record.value());
            return BulkItem.create(target, id, document, record.timestamp(), completion);
        }
        String id = DocumentId.of(event.value());
        return BulkItem.create(target, id, document, firstSent(event.value(), record.timestamp()), completion);
    }

    /**
     * Since when an event may be in the store: clients send it again under the same id, in another Kafka record. Older
     * ones are looked for no further back than this, since they may as well come for the first time, and late.
     */
    private static long firstSent(byte[] event, long timestamp) {
        return Math.min(timestamp, Math.max(EventId.millis(event), timestamp - SENT_AGAIN_WITHIN.toMillis()));
    }

    private void settle(HeldRecord held, String tenant, Settlement settlement, SettledOffsets offsets) {
        try {
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
        } catch (RuntimeException e) {
            defect.set(e);
        } finally {
            held.bytes().release();
            inFlight.decrementAndGet();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure is noted
    private void reject(DeadLetter letter, String tenant, SettledOffsets offsets) {
        inFlight.incrementAndGet();
        // What publishing throws fails this too.
        CompletableFuture.completedFuture(letter)
                .thenCompose(deadLetters::publish)
                .thenRun(() -> settle(letter.offset(), tenant, Outcome.DEAD_LETTERED, offsets))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        defect.set(failure);
                    }
                    inFlight.decrementAndGet();
                });
    }

    private void settle(long offset, String tenant, Outcome outcome, SettledOffsets offsets) {
        offsets.settle(offset, tenant, outcome);
        observer.settled(outcome);
    }

    private static int weight(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0) + HELD_BYTES;
    }
}
